import { sampleDirectoryName, samplePersonName, type SampleAccount } from './sample-accounts'
import type { SampleName } from './sample-names'
import { createSeededRandom } from './seeded-random'

const base = sampleDirectoryName
const people = `ou=people,${base}`
const groups = `ou=groups,${base}`
export const sampleBindDn = `cn=authdesk,ou=services,${base}`

interface Person {
  readonly uid: string
  readonly name: SampleName
  readonly email: string | null
  readonly uuid: string
  readonly role: SampleAccount['role']
  readonly extra: readonly Attribute[]
}

type Attribute = readonly [name: string, value: string]
type Entry = readonly Attribute[]

/** RFC 2849: what is not plain ASCII or begins or ends oddly is written as base64. */
function ldifLine([name, value]: Attribute): string {
  const plain = /^[\x21-\x39\x3b\x3d-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)
  return plain ? `${name}: ${value}` : `${name}:: ${Buffer.from(value, 'utf8').toString('base64')}`
}

const dnOf = (person: Person): string => `uid=${person.uid},${people}`
const groupDn = (cn: string): string => `cn=${cn},${groups}`

/** People of the directory who have an account, and some who have not signed in yet. */
function everyone(accounts: readonly SampleAccount[]): readonly Person[] {
  const random = createSeededRandom(4711)
  const known = accounts
    .filter(({ provider }) => provider === 'ldap')
    .map(({ username, name, email, role, state, identities }, index): Person => {
      const uuid = identities[0]?.subject ?? random.uuid()
      const odd = username === samplePersonName ? [] : oddities(index)
      const marked: readonly Attribute[] =
        state === 'disabled' ? [['pwdAccountLockedTime', '000001010000Z']] : odd
      return { uid: username, name, email, uuid, role, extra: marked }
    })
  const others = ['noor.visser', 'samuel.adeyemi', 'ines.carvalho', 'tomas.novak'].map((uid): Person => {
    const [given = '', family = ''] = uid
      .split('.')
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    const name = { given, family, full: `${given} ${family}`, plain: uid }
    const email = uid === 'tomas.novak' ? null : `${uid}@example.org`
    return { uid, name, email, uuid: random.uuid(), role: 'user', extra: [] }
  })
  return [...known, ...others]
}

function oddities(index: number): readonly Attribute[] {
  if (index % 31 === 5) return [['pwdReset', 'TRUE']]
  return index % 4 === 1 ? [['telephoneNumber', `+49 30 555 ${1000 + index}`]] : []
}

interface Group {
  readonly cn: string
  readonly description: string
  readonly members: readonly string[]
}

/** `staff` is the required group; most people are in it through a department, a few are not in it at all. */
function allGroups(all: readonly Person[]): readonly Group[] {
  const staff = all.filter((person, index) => person.uid === samplePersonName || index % 17 !== 8)
  const inDepartment = (number: number) =>
    staff.filter((_person, index) => index % 4 === number).map((person) => dnOf(person))
  const withRole = (role: Person['role']) => all.filter((person) => person.role === role).map(dnOf)
  return [
    {
      cn: 'staff',
      description: 'Everybody who may sign in',
      members: [groupDn('engineering'), groupDn('operations'), ...inDepartment(2), ...inDepartment(3)],
    },
    { cn: 'engineering', description: 'Builds things', members: inDepartment(0) },
    {
      cn: 'operations',
      description: 'Keeps things running',
      members: [groupDn('on-call'), ...inDepartment(1)],
    },
    { cn: 'on-call', description: 'Answers at night', members: inDepartment(1).slice(0, 4) },
    { cn: 'admins', description: 'Administrators of the console', members: withRole('admin') },
    { cn: 'helpdesk', description: 'Helps people who cannot sign in', members: withRole('helpdesk') },
    { cn: 'auditors', description: 'Reads everything, changes nothing', members: withRole('auditor') },
  ]
}

function personEntry(person: Person, memberships: readonly Group[]): Entry {
  const dn = dnOf(person)
  return [
    ['dn', dn],
    ['objectClass', 'top'],
    ['objectClass', 'inetOrgPerson'],
    ['uid', person.uid],
    ['cn', person.name.full],
    ['givenName', person.name.given],
    ['sn', person.name.family],
    ...(person.email === null ? [] : [['mail', person.email] as const]),
    ['entryUUID', person.uuid],
    ...memberships
      .filter(({ members }) => members.includes(dn))
      .map(({ cn }) => ['memberOf', groupDn(cn)] as const),
    ...person.extra,
  ]
}

function groupEntry(group: Group, all: readonly Group[], uuid: string): Entry {
  const dn = groupDn(group.cn)
  return [
    ['dn', dn],
    ['objectClass', 'top'],
    ['objectClass', 'groupOfNames'],
    ['cn', group.cn],
    ['description', group.description],
    ['entryUUID', uuid],
    ...group.members.map((member) => ['member', member] as const),
    ...all.filter(({ members }) => members.includes(dn)).map(({ cn }) => ['memberOf', groupDn(cn)] as const),
  ]
}

const unit = (ou: string): Entry => [
  ['dn', `ou=${ou},${base}`],
  ['objectClass', 'organizationalUnit'],
  ['ou', ou],
]

/** The sample directory as an LDIF file: the directory people among the accounts and their groups, no passwords. */
export function sampleDirectoryLdif(accounts: readonly SampleAccount[]): string {
  const random = createSeededRandom(1859)
  const all = everyone(accounts)
  const memberships = allGroups(all)
  const top: Entry = [
    ['dn', base],
    ['objectClass', 'dcObject'],
    ['objectClass', 'organization'],
    ['dc', 'example'],
    ['o', 'Example Organisation'],
  ]
  const service: Entry = [
    ['dn', sampleBindDn],
    ['objectClass', 'applicationProcess'],
    ['cn', 'authdesk'],
  ]
  const entries = [
    ...[top, unit('people'), unit('groups'), unit('services'), service],
    ...all.map((person) => personEntry(person, memberships)),
    ...memberships.map((group) => groupEntry(group, memberships, random.uuid())),
  ]
  const blocks = entries.map((entry) => entry.map(ldifLine).join('\n'))
  return `version: 1\n\n${blocks.join('\n\n')}\n`
}
