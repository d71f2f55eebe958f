import { AppError } from '../../contract/errors'
import type { LdapSettings } from '../app/ports'
import { withDeadline } from './deadline'
import type { DirectoryConnection, SearchAnswer } from './directory-connection'
import type { Entry } from './entry'
import type { Filter } from './filter'
import { mayHoldGroups } from './reference'

export interface PageRequest {
  readonly base: string
  readonly filter: Filter
  readonly attributes: readonly string[]
  readonly size: number
  /** Where the page begins; empty: at the beginning. */
  readonly cookie: Buffer
}

export interface Page {
  readonly entries: readonly Entry[]
  readonly references: readonly string[]
  /** Where the next page begins; empty behind the last one. */
  readonly next: Buffer
}

/** A directory that hands out what it finds page by page. */
export interface PagedConnection extends DirectoryConnection {
  readonly page: (request: PageRequest, signal: AbortSignal) => Promise<Page>
}

export function isPaged(connection: DirectoryConnection): connection is PagedConnection {
  return 'page' in connection
}

export interface PagedRead {
  readonly settings: LdapSettings
  readonly base: string
  readonly filter: Filter
  readonly attributes: readonly string[]
}

const beginning = Buffer.alloc(0)

/**
 * Everything below the base, page by page; the next page travels while this one is worked on. Whatever keeps it from
 * being everything is thrown: a cut answer never looks like a whole one.
 */
export async function* readPages(
  connection: PagedConnection,
  read: PagedRead,
  signal: AbortSignal,
): AsyncGenerator<readonly Entry[]> {
  const { settings, ...what } = read
  const limits = { signal, ms: settings.timeout * 1000 }
  const ask = (cookie: Buffer): Promise<Page> => {
    const asked = withDeadline(limits, (inner) =>
      connection.page({ ...what, size: settings.pageSize, cookie }, inner),
    )
    // It is awaited when its turn comes; until then a failure is nobody's yet.
    asked.catch(() => undefined)
    return asked
  }
  let coming: Promise<Page> | null = ask(beginning)
  while (coming) {
    const page: Page = await coming
    requireWhole(page)
    coming = page.next.length > 0 ? ask(page.next) : null
    if (page.entries.length > 0) yield page.entries
  }
}

/** People may stand where a continuation leads; it is not followed, so that they would look as if they were gone. */
function requireWhole({ references }: Page): void {
  const elsewhere = references.filter(mayHoldGroups)
  if (elsewhere.length > 0) throw new AppError('LDAP_REFERRAL', { details: { references: elsewhere } })
}

/** A directory without pages (a file, a server that does not know the control): one answer, which must be whole. */
export function inOnePage(connection: DirectoryConnection): PagedConnection {
  return {
    search: connection.search,
    page: async ({ base, filter, attributes }, signal) => {
      const request = { base, scope: 'sub', filter, attributes, sizeLimit: 0, page: null } as const
      const answer = await connection.search(request, signal)
      requireAll(answer)
      return { entries: answer.entries, references: answer.references, next: beginning }
    },
  }
}

function requireAll({ extent }: SearchAnswer): void {
  if (extent !== 'complete') throw new AppError('LDAP_SIZE_LIMIT', { details: { extent } })
}
