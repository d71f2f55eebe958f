import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LdapSettings } from '../../../src-main/core/app/ports'
import type { DirectoryConnection, SearchRequest } from '../../../src-main/core/ldap/directory-connection'
import { openLdifDirectory } from '../../../src-main/core/ldap/ldif-directory'
import { explainSearch } from '../../../src-main/core/ldap/zero-results'
import { climb } from '../../support/ldap-run'
import { ldapSettings } from '../../support/ldap-settings'
import { startSlapd, type Slapd } from '../../support/slapd'
import { seedLdif } from '../../support/slapd-seed'

const base = 'dc=example,dc=test'
const empty = `ou=empty,${base}`

interface Mistake {
  readonly mistake: string
  readonly settings: Partial<LdapSettings>
  readonly user: string | null
  readonly stage: 'base' | 'users' | 'user'
  readonly first: string
}

const mistakes: readonly Mistake[] = [
  {
    mistake: 'the login attribute of another directory',
    settings: { loginAttribute: 'sAMAccountName' },
    ...{ user: 'ada', stage: 'user', first: 'LDAP_USER_LOGIN_ATTR=uid' },
  },
  {
    mistake: 'the class of another directory',
    settings: { userObjectClass: 'user' },
    ...{ user: 'ada', stage: 'user', first: 'LDAP_USER_OBJECT_CLASS=inetOrgPerson' },
  },
  {
    mistake: 'people below another unit',
    settings: { userBase: empty },
    ...{ user: 'ada', stage: 'user', first: 'LDAP_USER_DN=ou=people' },
  },
  {
    mistake: 'a base that is too narrow',
    settings: { baseDn: empty, userBase: empty },
    ...{ user: 'ada', stage: 'user', first: `LDAP_BASE_DN=${base}` },
  },
  {
    mistake: 'a filter that nobody satisfies',
    settings: { userFilter: '(employeeType=staff)' },
    ...{ user: 'ada', stage: 'user', first: 'LDAP_USER_FILTER=' },
  },
  {
    mistake: 'one part of a filter that nobody satisfies',
    settings: { userFilter: '(&(mail=*)(employeeType=staff))' },
    ...{ user: 'ada', stage: 'user', first: 'LDAP_USER_FILTER=(mail=*)' },
  },
  {
    mistake: 'a group in the filter that is misspelt',
    settings: { userFilter: `(memberOf=cn=stafff,ou=groups,${base})` },
    ...{ user: 'ada', stage: 'user', first: 'LDAP_USER_FILTER=' },
  },
  {
    mistake: 'a filter that places the name in another attribute',
    settings: { userFilter: '(mail={username})' },
    ...{ user: 'ada', stage: 'user', first: 'LDAP_USER_FILTER=' },
  },
  {
    mistake: 'an address is typed where the login name is looked up',
    settings: {},
    ...{ user: 'k@example.test', stage: 'user', first: 'LDAP_USER_LOGIN_ATTR=mail' },
  },
  {
    mistake: 'the whole name is typed',
    settings: {},
    ...{ user: 'Ada Lovelace', stage: 'user', first: 'LDAP_USER_LOGIN_ATTR=cn' },
  },
  {
    mistake: 'two people with one name in two units',
    settings: {},
    ...{ user: 'twin', stage: 'user', first: 'LDAP_USER_DN=ou=branch,ou=people' },
  },
  {
    mistake: 'a filter that finds everybody',
    settings: { userFilter: '(|(uid={username})(mail=*))' },
    ...{ user: 'ada', stage: 'user', first: 'LDAP_USER_FILTER=' },
  },
  {
    mistake: 'nobody typed, and the class of another directory',
    settings: { userObjectClass: 'user' },
    ...{ user: null, stage: 'users', first: 'LDAP_USER_OBJECT_CLASS=inetOrgPerson' },
  },
  {
    mistake: 'nobody typed, and the login attribute of another directory',
    settings: { loginAttribute: 'sAMAccountName' },
    ...{ user: null, stage: 'users', first: 'LDAP_USER_LOGIN_ATTR=uid' },
  },
  {
    mistake: 'a unit that does not exist',
    settings: { userBase: `ou=users,${base}` },
    ...{ user: null, stage: 'base', first: 'LDAP_USER_DN=ou=people' },
  },
  {
    mistake: 'Active Directory’s settings for OpenLDAP',
    settings: { userBase: base, loginAttribute: 'sAMAccountName', userObjectClass: 'user' },
    user: 'ada',
    stage: 'user',
    first: 'LDAP_USER_OBJECT_CLASS=inetOrgPerson · LDAP_USER_LOGIN_ATTR=uid',
  },
]

let slapd: Slapd
let folder: string
let ldif: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'authdesk-zero-'))
  ldif = join(folder, 'directory.ldif')
  writeFileSync(ldif, seedLdif())
  slapd = await startSlapd({ tls: 'none' })
})
afterAll(async () => {
  await slapd.stop()
  rmSync(folder, { recursive: true, force: true })
})

const suggestionsIn = (detail: readonly { label: string; value: string }[]) =>
  detail.filter(({ label }) => label === 'Would be right').map(({ value }) => value.split(' (finds ')[0])

describe.each(mistakes)('$mistake', ({ settings, user, stage, first }) => {
  test('the server: the first suggestion is the mistake', async () => {
    const ladder = await climb(ldapSettings({ port: slapd.ldapPort, ...settings }), { user })
    expect(ladder.stage(stage).status).toBe('failed')
    expect(suggestionsIn(ladder.stage(stage).detail)[0]).toBe(first)
  })

  // A file answers for a unit that it lacks as for one without people.
  test.skipIf(stage === 'base')('a file: the same', async () => {
    const ladder = await climb(ldapSettings(settings), { user, against: ldif })
    expect(suggestionsIn(ladder.stage(stage).detail)[0]).toBe(first)
  })

  test('at most eight searches, each for at most five entries', async () => {
    const asked: SearchRequest[] = []
    const file = await openLdifDirectory(ldif, new AbortController().signal)
    const connection: DirectoryConnection = {
      search: (request, signal) => {
        asked.push(request)
        return file.search(request, signal)
      },
    }
    const never = new AbortController().signal
    for (const found of [[], [`uid=twin,ou=people,${base}`, `uid=twin,ou=branch,ou=people,${base}`]]) {
      asked.length = 0
      const outcome = { settings: ldapSettings(settings), name: user, found, top: base, ms: 5000 }
      await explainSearch(connection, outcome, never)
      expect(asked.length).toBeLessThanOrEqual(8)
      expect(asked.every(({ sizeLimit, page }) => sizeLimit >= 1 && sizeLimit <= 5 && page === null)).toBe(
        true,
      )
    }
  })
})

test('nothing helps where there is nobody, and nothing is made up', async () => {
  const ladder = await climb(ldapSettings({ port: slapd.ldapPort }), { user: 'nobody' })
  expect(ladder.stage('user').code).toBe('LDAP_USER_NOT_FOUND')
  expect(suggestionsIn(ladder.stage('user').detail)).toEqual([])
})

test('a filter with many parts does not need more searches than eight', async () => {
  const parts = Array.from({ length: 12 }, (_, index) => `(employeeType=e${index})`).join('')
  const settings = ldapSettings({ userFilter: `(&${parts})`, baseDn: `ou=people,${base}`, userBase: empty })
  let count = 0
  const connection: DirectoryConnection = {
    search: () => {
      count += 1
      return Promise.resolve({ entries: [], extent: 'complete', references: [] })
    },
  }
  const outcome = { settings, name: 'ada', found: [], top: base, ms: 5000 }
  expect(await explainSearch(connection, outcome, new AbortController().signal)).toEqual([])
  expect(count).toBe(8)
})
