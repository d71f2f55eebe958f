import { createHash, randomBytes } from 'node:crypto'

export const baseDn = 'dc=example,dc=test'
export const bindDn = `cn=reader,ou=services,${baseDn}`
export const bindPassword = 'reader-secret-4711'

interface Person {
  readonly uid: string
  readonly givenName: string
  readonly sn: string
  readonly password: string
  readonly mail?: string
  readonly dn?: string
  readonly extra?: readonly string[]
}

const people: readonly Person[] = [
  { uid: 'ada', givenName: 'Ada', sn: 'Lovelace', password: 'ada-engine-1843', mail: 'ada@example.test' },
  {
    uid: 'grace',
    givenName: 'Grace',
    sn: 'Hopper',
    password: 'grace-cobol-1959',
    mail: 'Grace@Example.test',
  },
  { uid: 'alan', givenName: 'Alan', sn: 'Turing', password: 'alan-enigma-1936', mail: 'alan@example.test' },
  {
    uid: 'katherine',
    givenName: 'Katherine',
    sn: 'Johnson',
    password: 'katherine-orbit-1962',
    mail: 'k@example.test',
  },
  {
    uid: 'edsger',
    givenName: 'Edsger',
    sn: 'Dijkstra',
    password: 'edsger-goto-1968',
    mail: 'edsger@example.test',
  },
  { uid: 'nomail', givenName: 'Nora', sn: 'Mailless', password: 'nomail-pass-1' },
  {
    uid: 'pat',
    givenName: 'Pat',
    sn: "O'Neil",
    password: 'pat-comma-*()\\ü',
    mail: 'pat@example.test',
    dn: `cn=O'Neil\\2C Pat \\2B (x*\\5C),ou=people,${baseDn}`,
    extra: ["cn: O'Neil, Pat + (x*\\)"],
  },
  {
    uid: 'locked',
    givenName: 'Lucy',
    sn: 'Locked',
    password: 'locked-pass-1',
    mail: 'locked@example.test',
    extra: ['pwdAccountLockedTime: 000001010000Z'],
  },
  {
    uid: 'mustchange',
    givenName: 'Max',
    sn: 'Change',
    password: 'mustchange-pass-1',
    mail: 'mustchange@example.test',
    extra: ['pwdReset: TRUE'],
  },
  { uid: 'twin', givenName: 'First', sn: 'Twin', password: 'twin-pass-1', mail: 'twin1@example.test' },
  {
    uid: 'twin',
    givenName: 'Second',
    sn: 'Twin',
    password: 'twin-pass-2',
    mail: 'twin2@example.test',
    dn: `uid=twin,ou=branch,ou=people,${baseDn}`,
  },
]

/** Every person's password by user name, for tests that sign in. */
export const passwords: Readonly<Record<string, string>> = Object.fromEntries(
  people.map((person) => [person.uid, person.password]),
)

const dnOf = (person: Person): string => person.dn ?? `uid=${person.uid},ou=people,${baseDn}`
const personDn = (uid: string): string => {
  const person = people.find((each) => each.uid === uid)
  return person ? dnOf(person) : `uid=${uid},ou=people,${baseDn}`
}
const groupDn = (cn: string): string => `cn=${cn},ou=groups,${baseDn}`

/** `staff` is the required group; `engineering` and `compilers` are nested in it, and `loop-*` are a cycle. */
const groups: readonly { readonly dn: string; readonly cn: string; readonly members: readonly string[] }[] = [
  {
    dn: groupDn('staff'),
    cn: 'staff',
    members: [
      ...['ada', 'grace', 'katherine', 'nomail', 'pat', 'locked', 'mustchange'].map(personDn),
      groupDn('engineering'),
    ],
  },
  { dn: groupDn('engineering'), cn: 'engineering', members: [groupDn('compilers')] },
  { dn: groupDn('compilers'), cn: 'compilers', members: [personDn('alan')] },
  { dn: groupDn('desk-admins'), cn: 'desk-admins', members: [personDn('ada')] },
  { dn: groupDn('desk-helpdesk'), cn: 'desk-helpdesk', members: [personDn('grace'), groupDn('compilers')] },
  { dn: groupDn('desk-auditors'), cn: 'desk-auditors', members: [personDn('katherine')] },
  { dn: groupDn('loop-a'), cn: 'loop-a', members: [groupDn('loop-b'), personDn('ada')] },
  { dn: groupDn('loop-b'), cn: 'loop-b', members: [groupDn('loop-a')] },
  { dn: groupDn('double'), cn: 'double', members: [personDn('ada')] },
  { dn: `cn=double,ou=branch,ou=groups,${baseDn}`, cn: 'double', members: [personDn('ada')] },
]

function hashed(password: string): string {
  const salt = randomBytes(8)
  const digest = createHash('sha1').update(password, 'utf8').update(salt).digest()
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`
}

function line(attribute: string, value: string): string {
  const plain = /^[!-9;=-~][ -~]*$/.test(value)
  return plain ? `${attribute}: ${value}` : `${attribute}:: ${Buffer.from(value, 'utf8').toString('base64')}`
}

function personEntry(person: Person): string[] {
  const dn = dnOf(person)
  return [
    line('dn', dn),
    'objectClass: inetOrgPerson',
    line('uid', person.uid),
    ...(person.dn?.startsWith('cn=') ? [] : [line('cn', `${person.givenName} ${person.sn}`)]),
    line('givenName', person.givenName),
    line('sn', person.sn),
    ...(person.mail === undefined ? [] : [line('mail', person.mail)]),
    line('userPassword', hashed(person.password)),
    ...(person.extra ?? []),
    ...groups.filter((group) => group.members.includes(dn)).map((group) => line('memberOf', group.dn)),
    '',
  ]
}

/** The whole directory as LDIF, in an order that `slapadd` accepts. */
export function seedLdif(): string {
  const unit = (dn: string, ou: string): string[] => [
    `dn: ${dn}`,
    'objectClass: organizationalUnit',
    `ou: ${ou}`,
    '',
  ]
  return [
    ...[
      `dn: ${baseDn}`,
      'objectClass: dcObject',
      'objectClass: organization',
      'dc: example',
      'o: Example',
      '',
    ],
    ...['people', 'groups', 'services', 'policies', 'empty', 'vault'].flatMap((ou) =>
      unit(`ou=${ou},${baseDn}`, ou),
    ),
    ...unit(`ou=branch,ou=people,${baseDn}`, 'branch'),
    ...unit(`ou=branch,ou=groups,${baseDn}`, 'branch'),
    ...[
      `dn: ${bindDn}`,
      'objectClass: organizationalRole',
      'objectClass: simpleSecurityObject',
      'cn: reader',
    ],
    ...[line('userPassword', hashed(bindPassword)), ''],
    ...[
      `dn: cn=default,ou=policies,${baseDn}`,
      'objectClass: device',
      'objectClass: pwdPolicy',
      'cn: default',
    ],
    ...['pwdAttribute: userPassword', 'pwdMustChange: TRUE', 'pwdLockout: TRUE', 'pwdMaxFailure: 0', ''],
    ...people.flatMap(personEntry),
    ...groups.flatMap((group) => [
      line('dn', group.dn),
      'objectClass: groupOfNames',
      `cn: ${group.cn}`,
      ...group.members.map((member) => line('member', member)),
      ...groups
        .filter((outer) => outer.members.includes(group.dn))
        .map((outer) => line('memberOf', outer.dn)),
      '',
    ]),
  ].join('\n')
}
