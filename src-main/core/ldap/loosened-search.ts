import type { LdapSettings } from '../app/ports'
import { foldName } from '../users/folded-name'
import { formatDn, isDn, isWithin, parseDn, sameDn } from './dn'
import { textOf, textsOf, type Entry } from './entry'
import { and, anything, equal, formatFilter, or, present, type Filter } from './filter'
import { parseFilter } from './filter-parser'
import { everybodyFilter, hasPlaceholder, nameVariants, personFilter } from './person-search'

/** What a search found, or did not find; null asks for everybody. */
export interface Question {
  readonly settings: LdapSettings
  readonly name: string | null
}

/** What is different from the settings; everything else stays. */
export interface Loosening {
  /** The settings' own filter; null for none. */
  readonly userFilter?: Filter | null
  readonly objectClass?: string
  /** The name may be in any of the usual attributes. */
  readonly attributes?: 'usual'
  readonly base?: string
}

/** A setting and the exact value that it would have to have; '' clears it. */
export interface Change {
  readonly setting:
    'LDAP_USER_FILTER' | 'LDAP_USER_OBJECT_CLASS' | 'LDAP_USER_LOGIN_ATTR' | 'LDAP_USER_DN' | 'LDAP_BASE_DN'
  readonly value: string
}

/** Where directories keep the name that people type, the most usual first. */
export const nameAttributes = ['uid', 'sAMAccountName', 'userPrincipalName', 'mail', 'cn'] as const
/** Classes that people have, the most telling first. */
const personClasses = ['user', 'inetOrgPerson', 'posixAccount', 'organizationalPerson', 'person', 'account']

/** At most this many searches are made to find out what is wrong with one. */
const maxSearches = 8
const maxParts = 3

/** What is tried, the smallest change first, when nobody is found. */
export function whenNobody(question: Question, top: string | null): readonly Loosening[] {
  const { settings } = question
  const parts = filterParts(settings)
  const wider = widerBases(settings, top)
  const widest = wider.at(-1)
  const open = { userFilter: null, attributes: 'usual', objectClass: '' } as const
  const single: readonly Loosening[] = [
    ...parts.slice(0, maxParts).map((userFilter) => ({ userFilter })),
    ...(settings.userFilter === null ? [] : [{ userFilter: null }]),
    { attributes: 'usual' },
    ...(settings.userObjectClass === '' ? [] : [{ objectClass: '' }]),
    ...wider.map((base) => ({ base })),
  ]
  const several: readonly Loosening[] = [open, ...(widest === undefined ? [] : [{ ...open, base: widest }])]
  return [...single.slice(0, maxSearches - several.length), ...several]
}

/** What is tried when more than one entry has the name; `found` are their names. */
export function whenSeveral({ settings }: Question, found: readonly string[]): readonly Loosening[] {
  const containers = [...new Set(found.map(parentOf))].filter((base) => base !== null)
  const narrower = containers.filter(
    (base) => isWithin(base, settings.userBase) && !sameDn(base, settings.userBase),
  )
  const classes = ['', 'top'].includes(settings.userObjectClass.toLowerCase())
    ? personClasses.slice(0, 2).map((objectClass) => ({ objectClass }))
    : []
  const filter = settings.userFilter === null ? [] : [{ userFilter: null }]
  return [...filter, ...classes, ...narrower.map((base) => ({ base }))].slice(0, maxSearches)
}

/** The settings' own filter without one of its parts, for each part. */
function filterParts({ userFilter }: LdapSettings): readonly Filter[] {
  const own = userFilter === null ? null : parseFilter(userFilter)
  if (own?.kind !== 'and' || own.filters.length < 2) return []
  return own.filters.map((_, index) => {
    const rest = own.filters.filter((__, other) => other !== index)
    return rest.length === 1 && rest[0] ? rest[0] : and(...rest)
  })
}

/** The whole base, and what lies above it. */
function widerBases({ baseDn, userBase }: LdapSettings, top: string | null): readonly string[] {
  const above = top !== null && !sameDn(top, baseDn) ? top : parentOf(baseDn)
  return [...(sameDn(baseDn, userBase) ? [] : [baseDn]), ...(above === null ? [] : [above])]
}

/** Null at the top of the tree. */
function parentOf(dn: string): string | null {
  const above = isDn(dn) ? formatDn(parseDn(dn).slice(1)) : ''
  return above === '' ? null : above
}

/** The search with the loosening: it is made of parsed parts like the real one, with which it shares the rest. */
export function loosenedFilter({ settings, name }: Question, change: Loosening): Filter {
  const userFilter =
    change.userFilter === undefined
      ? settings.userFilter
      : change.userFilter && formatFilter(change.userFilter)
  const changed: LdapSettings = {
    ...settings,
    userFilter,
    userObjectClass: change.objectClass ?? settings.userObjectClass,
  }
  if (change.attributes === 'usual') return byUsualAttributes(changed, name)
  if (name === null) return everybodyFilter(changed)
  const [first = anything, ...others] = nameVariants(name).map((variant) => personFilter(changed, variant))
  return others.length === 0 ? first : or(first, ...others)
}

function byUsualAttributes(settings: LdapSettings, name: string | null): Filter {
  const { userObjectClass, userFilter } = settings
  const assertions =
    name === null
      ? nameAttributes.map(present)
      : nameVariants(name).flatMap((variant) => nameAttributes.map((attribute) => equal(attribute, variant)))
  const own = userFilter === null || hasPlaceholder(userFilter) ? [] : [parseFilter(userFilter)]
  return and(
    userObjectClass === '' ? anything : equal('objectClass', userObjectClass),
    or(...assertions),
    ...own,
  )
}

/** The settings that must change so that the search finds this entry. */
export function changesFor(question: Question, change: Loosening, entry: Entry): readonly Change[] {
  const { settings } = question
  const changes: Change[] = []
  if (change.userFilter !== undefined && settings.userFilter !== null) {
    const value = change.userFilter === null ? '' : formatFilter(change.userFilter)
    changes.push({ setting: 'LDAP_USER_FILTER', value })
  }
  const objectClass = change.objectClass ?? settings.userObjectClass
  if (objectClass !== settings.userObjectClass && !hasClass(entry, settings.userObjectClass)) {
    changes.push({ setting: 'LDAP_USER_OBJECT_CLASS', value: objectClass || classOf(entry) })
  }
  if (change.attributes === 'usual') {
    const value = attributeOf(question, entry)
    if (value !== null) changes.push({ setting: 'LDAP_USER_LOGIN_ATTR', value })
  }
  if (change.base !== undefined && !isWithin(entry.dn, settings.userBase))
    changes.push(baseChange(settings, change.base, entry))
  else if (change.base !== undefined && isWithin(change.base, settings.userBase)) {
    changes.push({ setting: 'LDAP_USER_DN', value: relative(change.base, settings.baseDn) })
  }
  return changes
}

function hasClass(entry: Entry, objectClass: string): boolean {
  const wanted = objectClass.toLowerCase()
  return wanted !== '' && textsOf(entry, 'objectClass').some((name) => name.toLowerCase() === wanted)
}

function classOf(entry: Entry): string {
  return personClasses.find((name) => hasClass(entry, name)) ?? ''
}

/** The attribute that holds the name; null where the configured one does. */
function attributeOf({ settings, name }: Question, entry: Entry): string | null {
  const names = name === null ? null : nameVariants(name)
  const fits = (attribute: string): boolean =>
    names === null
      ? textOf(entry, attribute) !== null
      : textsOf(entry, attribute).some((value) => names.includes(foldName(value)))
  if (fits(settings.loginAttribute)) return null
  return nameAttributes.find(fits) ?? null
}

function baseChange(settings: LdapSettings, base: string, entry: Entry): Change {
  if (!isWithin(entry.dn, settings.baseDn)) return { setting: 'LDAP_BASE_DN', value: base }
  return { setting: 'LDAP_USER_DN', value: relative(parentOf(entry.dn) ?? '', settings.baseDn) }
}

/** A name as `LDAP_USER_DN` takes it: without the base. */
function relative(dn: string, base: string): string {
  const [own, above] = [parseDn(dn), parseDn(base)]
  return formatDn(own.slice(0, own.length - above.length))
}
