import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { oidcLoginSchema } from '../../../src-main/contract/oidc-login'
import { startProvider, type RunningProvider } from '../../support/oidc-provider'
import { createVisitingBrowser } from '../../support/visiting-browser'
import { startPeopledConsole, type Console } from '../sign-in/console'

let provider: RunningProvider
let desk: Console
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.stop())

const settings = (method: string, more = '') => `AUTH_METHOD=${method}
OIDC_ISSUER=${provider.issuer}
OIDC_PROVIDER_SLUG=example
OIDC_CLIENT_ID=${provider.publicClientId}
OIDC_ADMIN_GROUP=desk-admins
${more}`

beforeEach(async () => {
  provider.signInAs('grace')
  desk = await startPeopledConsole(settings('both'), { browser: createVisitingBrowser() })
  desk.clock.set(new Date())
})
afterEach(() => desk.close())

const login = async () =>
  oidcLoginSchema.parse(await desk.cliValue('oidc.login', { runId: 'r', provider: 'example' }))

const tables = ['users', 'user_identities', 'role_grants', 'sessions', 'sign_in_attempts', 'pending_links']
/** How many rows each table has; those that this database does not have are left out. */
async function rows(): Promise<Record<string, number>> {
  const database = await desk.database()
  const sql = `SELECT name FROM sqlite_master WHERE type = 'table'`
  const all = await database.select(z.object({ name: z.string() }), { sql })
  const counted = all.map(({ name }) => name).filter((name) => !/^(sqlite_|audit|.*_fts)/.test(name))
  expect(counted.filter((name) => tables.includes(name)).length).toBeGreaterThanOrEqual(3)
  const entries = counted.map(async (name): Promise<[string, number]> => {
    const found = await database.select(z.object({ n: z.number() }), {
      sql: `SELECT count(*) AS n FROM "${name}"`,
    })
    return [name, found[0]?.n ?? -1]
  })
  return Object.fromEntries(await Promise.all(entries))
}

describe('a sign-in that is not kept', () => {
  it('says which account would be made, and makes none', async () => {
    const before = await rows()
    expect(await login()).toMatchObject({
      ok: true,
      decision: { allowed: true, code: null },
      account: { action: 'create', id: null, username: 'grace', role: { before: null, after: 'user' } },
    })
    expect(await rows()).toEqual(before)
    const records = await desk.audit()
    expect(records.slice(-2)).toMatchObject([
      { action: 'oidc.login', phase: 'intent' },
      { action: 'oidc.login', target: 'example', code: 'OK' },
    ])
    expect(records.at(-1)?.after).toContain('grace')
    expect(records.at(-1)?.after).not.toContain('example.org')
    const home = desk.homeText()
    expect([home.includes('grace@example.org'), home.includes('Grace Hopper')]).toEqual([false, false])
  })

  it('says what a mapping would make of the roles', async () => {
    provider.signInAs('ada')
    const found = await login()
    // A local account has the name; its e-mail is another one, so a new account it is.
    expect(found.account).toMatchObject({
      action: 'create',
      username: 'ada-2',
      role: { before: null, after: 'admin', source: 'oidc:example' },
    })
  })

  it('speaks of the account of somebody who was here', async () => {
    await desk.value('session.signInOidc', { runId: 'r', provider: 'example' })
    await desk.signOut()
    const before = await rows()
    expect(await login()).toMatchObject({
      decision: { allowed: true },
      account: { action: 'sign-in', username: 'grace', role: { before: 'user', after: 'user' } },
    })
    expect(await rows()).toEqual(before)
  })

  it('shows why somebody would be refused', async () => {
    desk.configure(settings('both', 'OIDC_AUTO_PROVISION=false'))
    expect(await login()).toMatchObject({
      ok: false,
      decision: { allowed: false, code: 'OIDC_PROVISIONING_OFF', stage: 'decision' },
      account: { action: 'refuse' },
    })
    desk.configure(settings('local'))
    expect((await login()).decision).toMatchObject({ allowed: false, code: 'METHOD_NOT_OFFERED' })
  })

  it('refuses a provider that is not there', async () => {
    const asked = desk.cli('oidc.login', { runId: 'r', provider: 'nobody' })
    expect(await asked).toMatchObject({ ok: false, error: { code: 'OIDC_PROVIDER_NOT_FOUND' } })
  })
})
