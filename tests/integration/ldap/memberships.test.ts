import { afterAll, beforeAll, expect, test } from 'vitest'
import { climb } from '../../support/ldap-run'
import { ldapSettings } from '../../support/ldap-settings'
import { schemaFolder, startSlapd, type Slapd } from '../../support/slapd'
import { baseDn, seedLdif } from '../../support/slapd-seed'

const posix = `
dn: uid=posie,ou=people,${baseDn}
objectClass: inetOrgPerson
objectClass: posixAccount
uid: posie
cn: Posie
sn: Posix
mail: posie@example.test
uidNumber: 1001
gidNumber: 500
homeDirectory: /home/posie

dn: cn=users,ou=groups,${baseDn}
objectClass: posixGroup
cn: users
gidNumber: 500

dn: cn=printers,ou=groups,${baseDn}
objectClass: posixGroup
cn: printers
gidNumber: 501
memberUid: posie
memberUid: somebody

dn: cn=others,ou=groups,${baseDn}
objectClass: posixGroup
cn: others
gidNumber: 502
memberUid: posies
`

let slapd: Slapd
beforeAll(async () => {
  slapd = await startSlapd({
    tls: 'none',
    ldif: seedLdif() + posix,
    globalConfig: [`include ${schemaFolder}/nis.schema`],
  })
})
afterAll(() => slapd.stop())

const groupsOf = async (user: string, change: Parameters<typeof ldapSettings>[0]) => {
  const ladder = await climb(ldapSettings({ port: slapd.ldapPort, ...change }), { user })
  const stage = ladder.stage('membership')
  const rows = stage.detail.filter(({ label }) => label === 'Group').map(({ value }) => value)
  return { code: stage.code, groups: rows.map((value) => value.replace(/,.* \(/, ' (')).sort() }
}

test('groups of login names, and the primary group by number', async () => {
  const settings = { groupObjectClass: 'posixGroup', groupMemberAttribute: 'memberUid' }
  expect(await groupsOf('posie', { ...settings, requiredGroup: 'printers' })).toEqual({
    code: null,
    groups: ['cn=printers (direct)', 'cn=users (primary group)'],
  })
  expect((await groupsOf('posie', { ...settings, requiredGroup: 'others' })).code).toBe(
    'LDAP_USER_NOT_IN_REQUIRED_GROUP',
  )
})

test('what the memberOf overlay keeps and what the groups list is one answer, a cycle included', async () => {
  const { groups } = await groupsOf('ada', {})
  expect(groups.map((group) => group.split(' ')[0])).toEqual(
    ['desk-admins', 'double', 'double', 'loop-a', 'loop-b', 'staff'].map((name) => `cn=${name}`),
  )
  const stated = await groupsOf('ada', { groupMemberAttribute: 'uniqueMember' })
  expect(stated.groups.map((group) => group.split(' ')[0])).toEqual(
    ['desk-admins', 'double', 'double', 'loop-a', 'staff'].map((name) => `cn=${name}`),
  )
})

test('more groups than the server gives in one answer are read page by page; none is missing', async () => {
  const many = Array.from(
    { length: 23 },
    (_, at) => `
dn: cn=many-${at},ou=groups,${baseDn}
objectClass: groupOfNames
cn: many-${at}
member: uid=edsger,ou=people,${baseDn}
`,
  )
  const limited = async (databaseConfig: readonly string[]) => {
    const server = await startSlapd({ tls: 'none', ldif: seedLdif() + many.join(''), databaseConfig })
    try {
      const settings = ldapSettings({ port: server.ldapPort, pageSize: 5, requiredGroup: 'many-22' })
      return (await climb(settings, { user: 'edsger' })).stage('membership')
    } finally {
      await server.stop()
    }
  }
  const paged = await limited(['limits * size=10 size.prtotal=unlimited'])
  expect(paged).toMatchObject({ status: 'passed', code: null })
  expect(paged.detail.filter(({ label }) => label === 'Group')).toHaveLength(23)
  const closed = await limited(['limits * size=10 size.prtotal=disabled'])
  expect(closed.code === null || closed.code === 'LDAP_GROUP_INCOMPLETE').toBe(true)
  expect(closed.code).not.toBe('LDAP_USER_NOT_IN_REQUIRED_GROUP')
})
