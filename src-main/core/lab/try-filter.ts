import { matchesMost, type TriedFilter } from '../../contract/lab'
import type { LdapSettings } from '../app/ports'
import type { FileDirectory } from '../ldap/file-directory'
import { textOf, type Entry } from '../ldap/entry'
import { formatFilter, type Filter } from '../ldap/filter'
import { parseFilter } from '../ldap/filter-parser'
import { withoutName } from '../ldap/person-search'
import { wholeOf } from './file-picture'

/** So many parts of a filter are counted one by one. */
const mostParts = 40

interface Trial {
  readonly settings: LdapSettings
  readonly filter: string
  readonly base: string
}

/** What a filter finds in a file, and what each of its parts would find alone: the part that finds nobody is to be seen. */
export async function tryFilter(
  directory: FileDirectory,
  { settings, filter: text, base }: Trial,
  signal: AbortSignal,
): Promise<TriedFilter> {
  // Where the settings' filter places the user name, any name will do, as when everybody is searched.
  const filter = withoutName(parseFilter(text))
  const find = async (part: Filter) => (await directory.search(wholeOf(base, part), signal)).entries
  const found = await find(filter)
  const parts: TriedFilter['parts'] = []
  for (const { depth, part } of partsOf(filter, 0).slice(0, mostParts)) {
    parts.push({ depth, text: labelOf(part), count: (await find(part)).length })
  }
  return {
    ...{ filter: formatFilter(filter), base, count: found.length, parts },
    matches: found.slice(0, matchesMost).map((entry) => shown(entry, settings)),
  }
}

interface Part {
  readonly depth: number
  readonly part: Filter
}

function partsOf(part: Filter, depth: number): Part[] {
  const own = { depth, part }
  if (part.kind === 'and' || part.kind === 'or')
    return [own, ...part.filters.flatMap((each) => partsOf(each, depth + 1))]
  return part.kind === 'not' ? [own, ...partsOf(part.filter, depth + 1)] : [own]
}

const signs: Partial<Record<Filter['kind'], string>> = { and: '&', or: '|', not: '!' }
const labelOf = (part: Filter) => signs[part.kind] ?? formatFilter(part)

function shown(
  entry: Entry,
  { loginAttribute, emailAttribute }: LdapSettings,
): TriedFilter['matches'][number] {
  return {
    dn: entry.dn,
    username: textOf(entry, loginAttribute),
    email: textOf(entry, emailAttribute),
  }
}
