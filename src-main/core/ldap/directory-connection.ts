import type { Entry } from './entry'
import type { Filter } from './filter'

export interface SearchRequest {
  readonly base: string
  readonly scope: 'base' | 'one' | 'sub'
  readonly filter: Filter
  readonly attributes: readonly string[]
  /** The most entries that are wanted; 0 = no limit of our own. */
  readonly sizeLimit: number
  /** The size of the one page that is asked for; null = not paged. */
  readonly page: number | null
}

export interface SearchAnswer {
  readonly entries: readonly Entry[]
  /** `complete`: everything there is. Otherwise what cut the answer short; further pages count too. */
  readonly extent: 'complete' | 'size-limit' | 'more-pages'
  /** Continuations that the directory named; they are shown, never followed. */
  readonly references: readonly string[]
}

/** A directory that can be searched: over the network or in a file. Failures are `AppError`s with `LDAP_…` codes. */
export interface DirectoryConnection {
  readonly search: (request: SearchRequest, signal: AbortSignal) => Promise<SearchAnswer>
}

/** Reads one entry by its name; a directory that does not have it answers `LDAP_BASE_NOT_FOUND`. */
export async function readEntry(
  connection: DirectoryConnection,
  what: { dn: string; filter: Filter; attributes: readonly string[] },
  signal: AbortSignal,
): Promise<Entry | null> {
  const { dn, filter, attributes } = what
  const answer = await connection.search(
    { base: dn, scope: 'base', filter, attributes, sizeLimit: 0, page: null },
    signal,
  )
  return answer.entries[0] ?? null
}
