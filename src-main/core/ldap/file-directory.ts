import { AppError } from '../../contract/errors'
import type { DirectoryConnection, SearchAnswer, SearchRequest } from './directory-connection'
import { normaliseDn, parseDn } from './dn'
import type { Entry } from './entry'
import { matches } from './filter-match'

interface Indexed {
  readonly entry: Entry
  readonly name: string
  readonly parent: string
}

export interface FileDirectory extends DirectoryConnection {
  readonly size: number
}

/** Entries in memory as a directory that answers searches as a server would. */
export function createFileDirectory(entries: readonly Entry[]): FileDirectory {
  const index: readonly Indexed[] = entries.map((entry) => ({
    entry,
    name: normaliseDn(entry.dn),
    parent: parentName(entry.dn),
  }))
  const names = new Map(index.map((each) => [each.name, each]))
  return {
    size: entries.length,
    search: (request, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) throw new AppError('CANCELLED')
        resolve(answer(request, candidates(request, index, names)))
      }),
  }
}

/** The name of what the entry lies below, normalised: separators inside values are escaped there. */
function parentName(dn: string): string {
  const comma = normaliseDn(dn).indexOf(',')
  return comma < 0 ? '' : normaliseDn(dn).slice(comma + 1)
}

function candidates(
  request: SearchRequest,
  index: readonly Indexed[],
  names: ReadonlyMap<string, Indexed>,
): readonly Entry[] {
  parseDn(request.base)
  const base = normaliseDn(request.base)
  const below = (name: string): boolean => base === '' || name.endsWith(`,${base}`)
  const found = names.get(base)
  if (!found && base !== '' && !index.some((each) => below(each.name))) {
    throw new AppError('LDAP_BASE_NOT_FOUND', { details: { dn: request.base } })
  }
  if (request.scope === 'base') return [found?.entry ?? glue(request.base)]
  if (request.scope === 'one') return index.filter((each) => each.parent === base).map((each) => each.entry)
  return index.filter((each) => each.name === base || below(each.name)).map((each) => each.entry)
}

/** An entry that the file leaves out although it has entries below: OpenLDAP calls it by the same class. */
function glue(dn: string): Entry {
  return { dn, attributes: new Map([['objectclass', [Buffer.from('top'), Buffer.from('glue')]]]) }
}

function answer(request: SearchRequest, candidates: readonly Entry[]): SearchAnswer {
  const found = candidates.filter((entry) => matches(entry, request.filter))
  const limit = request.sizeLimit > 0 ? request.sizeLimit : Infinity
  const page = request.page ?? Infinity
  const entries = found.slice(0, Math.min(limit, page))
  const cut = page < limit ? 'more-pages' : 'size-limit'
  return { entries, extent: entries.length < found.length ? cut : 'complete', references: [] }
}
