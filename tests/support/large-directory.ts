import { baseDn, bindDn, bindPassword } from './slapd-seed'

const unit = (ou: string): string => `dn: ou=${ou},${baseDn}\nobjectClass: organizationalUnit\nou: ${ou}\n`

const person = (at: number): string => {
  const uid = `u${String(at).padStart(7, '0')}`
  return `dn: uid=${uid},ou=people,${baseDn}
objectClass: inetOrgPerson
uid: ${uid}
cn: Given${at % 997} Name${at}
givenName: Given${at % 997}
sn: Name${at}
mail: ${uid}@example.test
`
}

/** So many people are in each group. */
const members = 50

const group = (at: number, people: number): string => {
  const cn = `group${at}`
  const held = Array.from({ length: members }, (_, index) => (at * 7919 + index * 104_729) % people)
  const lines = [...new Set(held)].map(
    (each) => `member: uid=u${String(each).padStart(7, '0')},ou=people,${baseDn}`,
  )
  return `dn: cn=${cn},ou=groups,${baseDn}\nobjectClass: groupOfNames\ncn: ${cn}\n${lines.join('\n')}\n`
}

/** A directory of so many people and groups as LDIF, the same each time; what `startSlapd` needs to take it. */
export function largeDirectory(people: number, groups: number) {
  const ldif = [
    `dn: ${baseDn}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n`,
    ...['services', 'people', 'groups'].map(unit),
    `dn: ${bindDn}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\nuserPassword: ${bindPassword}\n`,
    ...Array.from({ length: people }, (_, at) => person(at)),
    ...Array.from({ length: groups }, (_, at) => group(at, people)),
  ].join('\n')
  return { ldif, databaseConfig: ['maxsize 8589934592', 'sizelimit unlimited', 'dbnosync'] }
}
