import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError, type Code } from '../../contract/errors'
import type { FilePicture } from '../../contract/lab'
import type { LdapSettings } from '../app/ports'
import type { DirectoryConnection, SearchRequest } from '../ldap/directory-connection'
import { formatDn, normaliseDn, parseDn } from '../ldap/dn'
import { textsOf, type Entry } from '../ldap/entry'
import { openLdifDirectory } from '../ldap/ldif-directory'
import { anything, equal, formatFilter, or } from '../ldap/filter'
import { everybodyFilter } from '../ldap/person-search'

/** So many of the topmost names, and of the classes, are told. */
const most = 12

const groupClasses = ['group', 'groupOfNames', 'groupOfUniqueNames', 'groupOfMembers', 'posixGroup']
const isGroup = or(...groupClasses.map((name) => equal('objectClass', name)))

/** One search of everything that a file holds at or below a name. */
export const wholeOf = (base: string, filter: SearchRequest['filter']): SearchRequest => ({
  ...{ base, scope: 'sub', filter, attributes: [], sizeLimit: 0, page: null },
})

/** Reads the file as a directory and counts what is in it. */
export async function pictureOf(
  path: string,
  settings: LdapSettings,
  signal: AbortSignal,
): Promise<FilePicture> {
  const connection = await openLdifDirectory(path, signal)
  const { entries } = await connection.search(wholeOf('', anything), signal)
  const groups = await connection.search(wholeOf('', isGroup), signal)
  return {
    name: basename(path),
    bytes: (await stat(path)).size,
    entries: connection.size,
    groups: groups.entries.length,
    ...(await peopleOf(connection, settings, signal)),
    base: settings.userBase,
    tops: topsOf(entries),
    classes: classesOf(entries),
  }
}

async function peopleOf(
  connection: DirectoryConnection,
  settings: LdapSettings,
  signal: AbortSignal,
): Promise<Pick<FilePicture, 'people' | 'code' | 'filter'>> {
  try {
    const filter = everybodyFilter(settings)
    const found = await connection.search(wholeOf(settings.userBase, filter), signal)
    const people = found.entries.length
    return { people, code: people === 0 ? 'LDAP_NO_USERS' : null, filter: formatFilter(filter) }
  } catch (error) {
    return { people: null, code: directoryCode(error), filter: settings.userFilter }
  }
}

/** What the settings cannot do is an answer about them; anything else is no answer. */
function directoryCode(error: unknown): Code {
  if (error instanceof AppError && error.code.startsWith('LDAP_')) return error.code
  throw error
}

/** The names that lie below no other name of the file, with how much lies below each; the fullest first. */
function topsOf(entries: readonly Entry[]): FilePicture['tops'] {
  const names = new Set(entries.map(({ dn }) => normaliseDn(dn)))
  const counts = new Map<string, { dn: string; entries: number }>()
  for (const { dn } of entries) {
    const top = topmost(dn, names)
    const key = normaliseDn(top)
    counts.set(key, { dn: counts.get(key)?.dn ?? top, entries: (counts.get(key)?.entries ?? 0) + 1 })
  }
  return [...counts.values()].toSorted((one, other) => other.entries - one.entries).slice(0, most)
}

function topmost(dn: string, names: ReadonlySet<string>): string {
  const parts = parseDn(dn)
  const above = parts.map((_, at) => formatDn(parts.slice(at)))
  return above.findLast((name) => names.has(normaliseDn(name))) ?? dn
}

function classesOf(entries: readonly Entry[]): FilePicture['classes'] {
  const counts = new Map<string, { name: string; entries: number }>()
  for (const entry of entries) {
    for (const name of new Set(textsOf(entry, 'objectClass'))) {
      const key = name.toLowerCase()
      counts.set(key, { name: counts.get(key)?.name ?? name, entries: (counts.get(key)?.entries ?? 0) + 1 })
    }
  }
  counts.delete('top')
  return [...counts.values()].toSorted((one, other) => other.entries - one.entries).slice(0, most)
}
