/** Everything about the history page that its address holds. */
export interface HistoryRoute {
  /** The directory or one provider; null: all of them. */
  readonly subject: string | null
  /** `good`: the last good test before `after`. */
  readonly before: number | 'good' | null
  readonly after: number | null
}

const numberOf = (text: string | null) => (/^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : null)

/** Reads the address's search; what it does not know is ignored. */
export function parseHistoryRoute(search: string): HistoryRoute {
  const params = new URLSearchParams(search)
  const subject = params.get('of') ?? ''
  const before = params.get('before')
  return {
    subject: /^(?:ldap|oidc:.{1,100})$/.test(subject) ? subject : null,
    before: before === 'good' ? 'good' : numberOf(before),
    after: numberOf(params.get('after')),
  }
}

/** The address of a state; what is not chosen is left out. */
export function historyAddress({
  subject = null,
  before = null,
  after = null,
}: Partial<HistoryRoute>): string {
  const params = new URLSearchParams()
  if (subject !== null) params.set('of', subject)
  if (before !== null) params.set('before', String(before))
  if (after !== null) params.set('after', String(after))
  const search = params.toString().replaceAll('%3A', ':')
  return search === '' ? '/history' : `/history?${search}`
}
