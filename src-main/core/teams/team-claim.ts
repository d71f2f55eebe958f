/** One team as a provider names it. */
export interface TeamEntry {
  readonly externalId: string
  readonly name: string
  readonly description: string | null
  readonly isPublic: boolean
}

/** The teams' claim as it was read. A claim that is absent is no such thing: it says nothing. */
export interface TeamsClaim {
  readonly entries: readonly TeamEntry[]
  /** Ids of entries that cannot be read otherwise: these teams are named, so nobody leaves them. */
  readonly unreadable: readonly string[]
  /** How many entries were skipped. */
  readonly skipped: number
  /** False where the claim is no list: then it does not say either who has left. */
  readonly complete: boolean
}

/** Vikunja takes texts under 250 characters and numbers; one too large to be exact would be another team's. */
export function externalIdOf(entry: unknown): string | null {
  const id = typeof entry === 'object' && entry !== null && 'oidcID' in entry ? entry.oidcID : undefined
  if (typeof id === 'string') return id.trim() !== '' && id.length < 250 ? id : null
  if (typeof id !== 'number' || !Number.isFinite(id)) return null
  return Number.isInteger(id) && !Number.isSafeInteger(id) ? null : String(id)
}

interface Written {
  readonly name?: unknown
  readonly description?: unknown
  readonly isPublic?: unknown
}

function entryOf(written: Written, externalId: string): TeamEntry | null {
  const { name, description = null, isPublic = false } = written
  if (typeof name !== 'string' || name.trim() === '') return null
  if (description !== null && typeof description !== 'string') return null
  if (typeof isPublic !== 'boolean') return null
  return { externalId, name: name.trim(), description: description?.trim() || null, isPublic }
}

/**
 * The claim of a sign-in; null where it is absent. What cannot be read is skipped and counted, never thrown: a
 * malformed team is no reason to keep its person out. A single object is a list of one, as some mappers send it.
 */
export function readTeamsClaim(value: unknown): TeamsClaim | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object') return { entries: [], unreadable: [], skipped: 1, complete: false }
  const written: readonly unknown[] = Array.isArray(value) ? value : [value]
  const entries = new Map<string, TeamEntry>()
  const unreadable = new Set<string>()
  let skipped = 0
  for (const each of written) {
    const externalId = externalIdOf(each)
    const entry = externalId === null ? null : entryOf(each as Written, externalId)
    if (entry === null) skipped += 1
    if (entry === null && externalId !== null) unreadable.add(externalId)
    if (entry !== null && !entries.has(entry.externalId)) entries.set(entry.externalId, entry)
  }
  return { entries: [...entries.values()], unreadable: [...unreadable], skipped, complete: true }
}
