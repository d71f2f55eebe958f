import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDatabases, type Databases } from '../../support/application-databases'
import { fixtureOf } from '../../support/application-tables'
import { baseDn, seedLdif } from '../../support/slapd-seed'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

let cli: Cli
let databases: Databases
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
  databases = createDatabases()
})
afterAll(async () => {
  cli.remove()
  await databases.remove()
})
beforeEach(() => (home = makeHome()))
afterEach(() => home.remove())

const run = (...argv: string[]) => runCli({ file: cli.file, home: home.home }, ...argv)

describe('authdesk app', () => {
  it.each(['sqlite', 'postgres'] as const)('shows, resets and switches accounts on %s', async (dialect) => {
    const { url } = await databases.make(fixtureOf('timetracker', 'new').sql(dialect), dialect)
    const said = async (...argv: string[]) => {
      const { code, stdout } = await run('app', ...argv, '--app-db', url, '--json')
      return { code, document: JSON.parse(stdout) as Record<string, unknown> }
    }
    expect(await said('status')).toMatchObject({ code: 0, document: { ok: true, kind: 'timetracker' } })
    const list = await said('list', '--finding', 'password-left')
    expect(list.document).toMatchObject({
      total: 2,
      accounts: [{ username: 'alan' }, { username: 'edsger' }],
    })
    const reset = await said('reset-password', 'ada', '--reason', 'asked by telephone')
    expect(reset).toMatchObject({ code: 0, document: { mustChange: true, account: { username: 'ada' } } })
    expect(String(reset.document['passphrase']).split('-')).toHaveLength(6)
    const off = await said('disable', 'ada', '--reason', 'left the company')
    expect(off.document).toMatchObject({ account: { state: 'disabled' } })
    expect((await said('enable', 'ada')).document).toMatchObject({ account: { state: 'enabled' } })
    expect(await said('reset-password', 'grace', '--reason', 'asked')).toMatchObject({
      ...{ code: 1, document: { ok: false, error: { code: 'PASSWORD_NOT_LOCAL' } } },
    })
    const audit = await run('audit', 'list', '--json')
    expect(audit.stdout).toContain('application.resetPassword')
    expect(await said('explain', 'alan')).toMatchObject({
      ...{ code: 0, document: { method: 'local', ways: [{ hazard: { id: 'provider-ignored' } }] } },
    })
    expect((await said('impact', '--method', 'oidc')).document).toMatchObject({ from: 'local', to: 'oidc' })
    const text = await run('app', 'show', 'alan', '--app-db', url)
    expect(text.stdout).toContain('password-left')
  })

  it('compares a directory in a file with the accounts, and writes all of it into a file', async () => {
    const { url } = await databases.make(fixtureOf('timetracker', 'new').sql('sqlite'), 'sqlite')
    const [ldif, env, out] = ['people.ldif', 'app.env', 'out.csv'].map((name) => join(home.home, name))
    writeFileSync(ldif ?? '', seedLdif())
    writeFileSync(env ?? '', `LDAP_BASE_DN=${baseDn}\nLDAP_USER_DN=ou=people\n`, { mode: 0o600 })
    const argv = ['app', 'compare', '--app-db', url, '--env-file', env ?? '', '--against', ldif ?? '']
    const shown = await run(...argv)
    expect(shown.stdout).toContain('no-account')
    const { code, stdout } = await run(...argv, '--out', out ?? '', '--json')
    expect({ code, document: JSON.parse(stdout) as unknown }).toMatchObject({
      ...{ code: 0, document: { ok: true, file: out } },
    })
    const [head, ...rows] = readFileSync(out ?? '', 'utf8')
      .trim()
      .split('\r\n')
    expect(head).toBe('finding,account,username,email,dn')
    expect(rows).toContainEqual(expect.stringMatching(/^not-in-directory,10,radia,/))
  })

  it('refuses a password in the address and what contradicts it, without repeating it', async () => {
    for (const argv of [
      ['--app-db', 'postgres://ada:hunter2@db/app'],
      ['--app-db', 'postgres://ada@db.example.test/app?sslmode=disable'],
      ['--app-db', 'sqlite:x.db', '--profile', 'shop'],
      ['--app-db', 'sqlite:x.db', '--as', 'ada'],
    ]) {
      const { code, stdout, stderr } = await run('app', 'status', ...argv, '--json')
      expect({ argv, code }).toEqual({ argv, code: 2 })
      expect(stdout + stderr).not.toContain('hunter2')
    }
  })
})
