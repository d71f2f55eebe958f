import { AppError } from '../../contract/errors'
import type { SearchAnswer, SearchRequest } from './directory-connection'
import { normaliseDn, parseDn } from './dn'
import type { Entry } from './entry'
import { filterAttributes, requiredClasses } from './filter-parts'
import { matches } from './filter-match'
import { entryOf, openLdif, type LdifFile } from './ldif-file'
import { readIndex, type LdifIndex, type Row } from './ldif-index'
import type { Keep } from './ldif-lines'
import type { PagedConnection } from './paged-read'

export interface LdifDirectory extends PagedConnection {
  readonly size: number
}

/**
 * An LDIF file as a directory that answers searches as a server would. Only names and places are in memory; what a
 * search asks for is read from the file.
 */
export async function openLdifDirectory(path: string, signal: AbortSignal): Promise<LdifDirectory> {
  const file = await openLdif(path)
  const index = await readIndex(file, signal)
  if (index.size === 0)
    throw new AppError('INVALID_INPUT', { text: 'fileEmpty', details: { reason: 'no entries' } })
  const opened: Opened = { file, index, rows: [...index.values()] }
  return {
    size: index.size,
    search: (request, inner) => search(opened, request, inner),
    page: async ({ base, filter, attributes, size, cookie }, inner) => {
      const request = { base, scope: 'sub', filter, attributes, sizeLimit: 0, page: null } as const
      const from = cookie.length === 0 ? 0 : Number(cookie.toString('latin1'))
      const { entries, next } = await find(opened, { request, from, most: size }, inner)
      return { entries, references: [], next: Buffer.from(next === null ? '' : String(next), 'latin1') }
    },
  }
}

interface Opened {
  readonly file: LdifFile
  readonly index: LdifIndex
  readonly rows: readonly Row[]
}

async function search(opened: Opened, request: SearchRequest, signal: AbortSignal): Promise<SearchAnswer> {
  const limit = request.sizeLimit > 0 ? request.sizeLimit : Infinity
  const page = request.page ?? Infinity
  const most = Math.min(limit, page)
  // One more than is wanted tells whether there is more.
  const { entries } = await find(opened, { request, from: 0, most: most + 1 }, signal)
  const cut = page < limit ? 'more-pages' : 'size-limit'
  const extent = entries.length > most ? cut : 'complete'
  return { entries: entries.slice(0, most === Infinity ? undefined : most), extent, references: [] }
}

interface Wanted {
  readonly request: SearchRequest
  /** The row to begin with. */
  readonly from: number
  readonly most: number
}

interface Found {
  readonly entries: readonly Entry[]
  /** The row to go on with; null where all were looked at. */
  readonly next: number | null
}

async function find(opened: Opened, { request, from, most }: Wanted, signal: AbortSignal): Promise<Found> {
  const { filter } = request
  const rows = rowsOf(opened, request)
  if (rows === 'glue') {
    const entry = glue(request.base)
    return { entries: matches(entry, filter) ? [entry] : [], next: null }
  }
  const isInScope = scopeOf(request)
  const required = requiredClasses(filter)
  return opened.file.reading(keptBy(request), async (read) => {
    const entries: Entry[] = []
    for (let at = from; at < rows.length; at += 1) {
      if (signal.aborted) throw new AppError('CANCELLED')
      const row = rows[at]
      if (!row || !isInScope(row) || lacks(row, required)) continue
      let entry = row.entry
      if (!entry) {
        const record = read(row)
        entry = entryOf(record instanceof Promise ? await record : record)
      }
      if (matches(entry, filter)) entries.push(entry)
      if (entries.length >= most) return { entries, next: at + 1 }
    }
    return { entries, next: null }
  })
}

function rowsOf({ index, rows }: Opened, { base, scope }: SearchRequest): readonly Row[] | 'glue' {
  parseDn(base)
  const name = normaliseDn(base)
  const row = index.get(name)
  if (!row && name !== '' && !rows.some((each) => each.name.endsWith(`,${name}`))) {
    throw new AppError('LDAP_BASE_NOT_FOUND', { details: { dn: base } })
  }
  if (scope !== 'base') return rows
  return row ? [row] : 'glue'
}

function scopeOf({ base, scope }: SearchRequest): (row: Row) => boolean {
  const name = normaliseDn(base)
  const below = `,${name}`
  if (scope === 'base') return () => true
  if (scope === 'one') return (row) => parentOf(row.name) === name
  return name === '' ? () => true : (row) => row.name === name || row.name.endsWith(below)
}

/** Separators inside values are escaped there. */
function parentOf(name: string): string {
  const comma = name.indexOf(',')
  return comma < 0 ? '' : name.slice(comma + 1)
}

/** Most searches are for people or for groups, and need not read the others. */
function lacks({ classes }: Row, required: readonly string[]): boolean {
  return classes !== null && required.some((name) => !classes.has(name))
}

/** As from a server, only what is asked for comes along; and what the filter looks at. */
function keptBy({ attributes, filter }: SearchRequest): Keep {
  if (attributes.length === 0 || attributes.some((name) => name === '*' || name === '+')) return () => true
  const wanted = new Set([...attributes, ...filterAttributes(filter)].map(typeOf))
  return (name) => wanted.has(typeOf(name))
}

function typeOf(description: string): string {
  return description.toLowerCase().split(';', 1)[0] ?? ''
}

/** An entry that the file leaves out although it has entries below: OpenLDAP calls it by the same class. */
function glue(dn: string): Entry {
  return { dn, attributes: new Map([['objectclass', [Buffer.from('top'), Buffer.from('glue')]]]) }
}
