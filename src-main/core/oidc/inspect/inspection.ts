import type { Code } from '../../../contract/errors'
import type { InspectFinding } from '../../../contract/inspection'
import type { Inspection } from '../../../contract/oidc'
import type { OidcSettings } from '../../app/ports'
import { titleOf, type Texts } from '../../app/texts'
import { adviceFor, limitsOf, meaningOf, nameOf } from '../rule-book/advice'
import type { Product } from '../rule-book/products'
import { codeOfOauthError } from '../oauth-errors'
import { messageOf } from '../rule-book/rule-book'

/** What a pasted text is looked at with: the clock and the configured providers; nothing is asked of anybody. */
export interface Bench {
  readonly t: Texts
  readonly now: Date
  readonly providers: readonly OidcSettings[]
}

export interface Looked {
  readonly kind: Inspection['kind']
  readonly product: Product | null
  readonly findings: readonly InspectFinding[]
}

type Detail = InspectFinding['detail']
interface More {
  readonly detail?: Detail
  readonly next?: string
  readonly product?: Product | null
}

export function passed(message: string, detail: Detail = []): InspectFinding {
  return { status: 'passed', code: null, message, detail, next: null }
}

function fault(status: 'warning' | 'failed', bench: Bench) {
  return (code: Code, message: string, { detail = [], next, product = null }: More = {}): InspectFinding => ({
    ...{ status, code, message, detail },
    next: next ?? adviceFor(bench.t, product, code),
  })
}
export const warning = (bench: Bench) => fault('warning', bench)
export const failed = (bench: Bench) => fault('failed', bench)

export const labelled = (entries: readonly (readonly [string, unknown])[]): Detail =>
  entries
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([label, value]) => ({ label, value: typeof value === 'string' ? value : JSON.stringify(value) }))

/** The configured provider with exactly this issuer. */
export const providerOf = (bench: Bench, issuer: unknown): OidcSettings | null =>
  bench.providers.find((provider) => provider.issuer === issuer) ?? null

/** A length of time in its largest whole unit; `seconds` may be negative. */
export function spanOf(t: Texts, seconds: number): string {
  const count = Math.abs(Math.round(seconds))
  if (count < 120) return t('oidcInspect.seconds', { count })
  if (count < 7200) return t('oidcInspect.minutes', { count: Math.round(count / 60) })
  if (count < 172_800) return t('oidcInspect.hours', { count: Math.round(count / 3600) })
  return t('oidcInspect.days', { count: Math.round(count / 86_400) })
}

/** Who the provider is, and what is known of it. */
export function productFindings({ t }: Bench, product: Product | null): InspectFinding[] {
  if (product === null) return []
  const name = nameOf(t, product)
  const known = limitsOf(t, product).map((text) => passed(t('oidcInspect.limit', { name, text })))
  return [passed(t('oidcInspect.product', { name })), ...known]
}

/**
 * An error in a provider's words (RFC 6749 §4.1.2.1, §5.2): what its own number or sentence says comes before the
 * protocol's word. Without either, it is what the place of the error stands for.
 */
export function errorFinding(
  bench: Bench,
  said: { error: string; description: string; otherwise: Code },
): { product: Product | null; finding: InspectFinding } {
  const { t } = bench
  const rule = messageOf(`${said.error} ${said.description}`)
  const code = rule?.code ?? codeOfOauthError(said.error) ?? said.otherwise
  const product = rule?.product ?? null
  const detail = labelled([
    ['error', said.error],
    ['error_description', said.description],
  ])
  const message = rule
    ? t('oidcInspect.known', { name: nameOf(t, rule.product), text: meaningOf(t, rule) })
    : `${titleOf(t, code)}. ${t('oidcInspect.words', { error: said.error || said.description })}`
  return { product, finding: failed(bench)(code, message, { detail, product }) }
}
