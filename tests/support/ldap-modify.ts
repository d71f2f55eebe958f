import { spawnSync } from 'node:child_process'
import { baseDn } from './slapd-seed'
import type { Slapd } from './slapd'

const rootDn = `cn=root,${baseDn}`
const rootPassword = 'root-secret-1147'

/** What `startSlapd` takes as `databaseConfig`, so that a test may change entries while the server runs. */
export const withRoot: readonly string[] = [`rootdn "${rootDn}"`, `rootpw ${rootPassword}`]

/** Changes the directory by LDIF change records; throws in the tool's own words. */
export function ldapModify(slapd: Slapd, ldif: string): void {
  const server = ['-H', `ldap://${slapd.host}:${slapd.ldapPort}`]
  const done = spawnSync('ldapmodify', ['-x', ...server, '-D', rootDn, '-w', rootPassword], {
    input: ldif,
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`ldapmodify: ${done.stderr}`)
}

/** A person as `ldapModify` adds one. */
export function addedPerson(uid: string, mail = `${uid}@example.test`): string {
  return `dn: uid=${uid},ou=people,${baseDn}
changetype: add
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid}
givenName: ${uid}
sn: Person
mail: ${mail}

`
}
