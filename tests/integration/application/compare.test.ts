import { afterAll, beforeAll, expect, it } from 'vitest'
import { applicationContract } from '../../../src-main/contract/application'
import { createDatabases, type Application, type Databases } from '../../support/application-databases'
import { fixtureOf } from '../../support/application-tables'
import { startSlapd, type Slapd } from '../../support/slapd'
import { startPeopledConsole, type Console } from '../sign-in/console'

let slapd: Slapd
let databases: Databases
let application: Application
let desk: Console
const settings = (password: string) => `AUTH_METHOD=ldap
LDAP_HOST=127.0.0.1
LDAP_PORT=${slapd.ldapsPort}
LDAP_USE_SSL=true
LDAP_TLS_CA_CERT_FILE=${slapd.caFile}
LDAP_BASE_DN=${slapd.baseDn}
LDAP_BIND_DN=${slapd.bindDn}
LDAP_BIND_PASSWORD=${password}
LDAP_USER_DN=ou=people
LDAP_PAGE_SIZE=3
AUTHDESK_APP_DB=${application.url}
`
beforeAll(async () => {
  slapd = await startSlapd()
  databases = createDatabases()
  application = await databases.make(fixtureOf('timetracker', 'new').sql('sqlite'), 'sqlite')
  await application.run(`UPDATE users SET username = 'locked' WHERE id = 4;
    UPDATE users SET email = 'ada@example.test' WHERE id = 1`)
  desk = await startPeopledConsole(settings(slapd.bindPassword))
})
afterAll(async () => {
  await desk.close()
  await databases.remove()
  await slapd.stop()
})

it('a real directory is compared with the accounts, page by page, and nothing is written', async () => {
  const before = await application.dump()
  const found = applicationContract.compare.output.parse(await desk.cliValue('application.compare', {}))
  expect(found.accounts).toBe(11)
  expect(found.entries).toBeGreaterThan(6)
  const told = (kind: string) => found.rows.filter((row) => row.kind === kind).map(({ username }) => username)
  expect(told('not-in-directory')).toEqual(['radia'])
  expect(told('disabled-in-directory')).toEqual(['locked'])
  expect(told('duplicate-email')).toEqual(['ada', 'root'])
  expect(told('no-account')).toEqual(expect.arrayContaining(['nomail', 'pat']))
  expect(told('no-account')).not.toContain('ada')
  expect(await application.dump()).toEqual(before)
})

it('a directory that does not answer gives its own code, never half an answer', async () => {
  desk.configure(settings('wrong'))
  expect(await desk.code('application.compare', {})).toBe('FORBIDDEN')
  const result = await desk.cli('application.compare', {})
  expect(result).toMatchObject({ ok: false, error: { code: 'LDAP_UNAVAILABLE' } })
  desk.configure(settings(slapd.bindPassword))
})
