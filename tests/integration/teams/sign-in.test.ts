import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { teamSchema } from '../../../src-main/contract/teams'
import { defaultAccounts, startProvider, type RunningProvider } from '../../support/oidc-provider'
import { createVisitingBrowser } from '../../support/visiting-browser'
import { rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

/** The eight cases of the teams' claim, each through a whole sign-in at a real provider. */
let provider: RunningProvider
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.stop())

const scopes = 'openid profile email vikunja_scope'
const settings = (more = '') => `AUTH_METHOD=both
OIDC_ISSUER=${provider.issuer}
OIDC_PROVIDER_SLUG=real
OIDC_PROVIDER_NAME=Real
OIDC_CLIENT_ID=${provider.publicClientId}
${more || `OIDC_SCOPES=${scopes}`}`

let desk: Console
beforeEach(async () => {
  desk = await startPeopledConsole(settings(), { browser: createVisitingBrowser() })
  desk.clock.set(new Date())
})
afterEach(() => desk.close())

/** A person signs in with this claim, as the provider sends it now; `undefined` is a claim that is absent. */
async function signIn(account: string, teams: unknown, name = 'vikunja_groups'): Promise<string> {
  provider.signInAs(account)
  provider.setClaims(account, { ...defaultAccounts[account], [name]: teams })
  const code = await desk.code('session.signInOidc', { runId: 'r', provider: 'real' })
  if (code === 'OK') await desk.signOut()
  return code
}
const teamsSchema = z.object({ teams: z.array(teamSchema) })
const teams = async () => teamsSchema.parse(await desk.cliValue('teams.list')).teams
async function members(team: string): Promise<string[]> {
  const [found] = (await teams()).filter(({ name }) => name === team)
  const list = z.object({ members: z.array(z.object({ username: z.string() })) })
  const { members: all } = list.parse(await desk.cliValue('teams.members', { id: found?.id ?? '' }))
  return all.map(({ username }) => username)
}
const shown = async () => (await teams()).map(({ name, externalId }) => `${name} ${externalId ?? 'here'}`)
const create = (name: string) => desk.cliValue('teams.create', { name })
const records = async () => (await desk.audit()).filter(({ action }) => action === 'teams.sync')
const authentik = [
  { name: 'Engineering', oidcID: 7 },
  { name: 'On call', oidcID: 12 },
]

describe('teams follow a sign-in', () => {
  it('1: an unknown id becomes a team, with everything that was sent', async () => {
    const sent = [{ name: 'Engineering', oidcID: 7, description: 'Builds it', isPublic: true }]
    expect(await signIn('grace', sent)).toBe('OK')
    expect(await teams()).toMatchObject([
      {
        ...{ name: 'Engineering', description: 'Builds it', isPublic: true, members: 1 },
        ...{ provider: 'Real', issuer: provider.issuer, externalId: '7' },
      },
    ])
    expect(await members('Engineering')).toEqual(['grace'])
    expect(await records()).toMatchObject([{ actor: 'console', code: 'OK', target: 'grace' }])
  })

  it('2: a team of this name that was made here is another team', async () => {
    await create('Engineering')
    await signIn('grace', authentik)
    expect(await shown()).toEqual(expect.arrayContaining(['Engineering here', 'Engineering 7']))
  })

  it('3: a team of this name with another id is another team', async () => {
    await signIn('grace', [{ name: 'Engineering', oidcID: 7 }])
    await signIn('ada', [{ name: 'Engineering', oidcID: '6d9a52c1-8a51-4d3c-8a84-3f4d1d0a9a11' }])
    expect(await shown()).toHaveLength(2)
  })

  it('4: a known id with another name renames the team', async () => {
    await signIn('grace', authentik)
    const [before] = await teams()
    await signIn('grace', [{ name: 'Platform', oidcID: '7' }, authentik[1]])
    expect(await shown()).toEqual(['On call 12', 'Platform 7'])
    expect((await teams()).some(({ id }) => id === before?.id)).toBe(true)
  })

  it('5: a claim that is absent changes nothing, nor does a scope that is not asked for', async () => {
    await signIn('grace', authentik)
    await signIn('grace', undefined)
    desk.configure(settings('OIDC_SCOPES=openid profile email'))
    await signIn('grace', [])
    expect(await shown()).toEqual(['Engineering 7', 'On call 12'])
    expect(await members('Engineering')).toEqual(['grace'])
  })

  it.each([
    ['an id is missing', [{ name: 'Nameless' }, authentik[0]], ['Engineering 7']],
    ['an entry is a text', ['Nameless', authentik[0]], ['Engineering 7']],
    ['the claim is a text', JSON.stringify(authentik), []],
    ['the claim is a number', 7, []],
  ])('6: %s: it is recorded, and the sign-in goes on', async (_, sent, wanted) => {
    expect(await signIn('grace', sent)).toBe('OK')
    expect(await shown()).toEqual(wanted)
    expect(await records()).toMatchObject([{ code: 'TEAMS_CLAIM_MALFORMED', target: 'grace' }])
    const failures = z.object({ failures: z.array(z.unknown()) })
    expect(failures.parse(await desk.cliValue('audit.failures')).failures).toEqual([])
  })

  it('7: a team that was made here keeps its people', async () => {
    await signIn('grace', [])
    const made = z.object({ team: teamSchema }).parse(await create('Nights')).team
    const grace = await desk.account('grace')
    await desk.cliValue('teams.add', { id: made.id, account: grace.id })
    await signIn('grace', [])
    expect(await members('Nights')).toEqual(['grace'])
  })

  it('8: who is not named leaves; a team left empty is deleted; other issuers’ teams stay', async () => {
    await signIn('ada', authentik)
    await signIn('grace', authentik)
    const look = await desk.database()
    const grace = await desk.account('grace')
    const run = (sql: string) => look.transaction((tx) => look.run(tx, { sql }))
    await run(`INSERT INTO teams (id, name, issuer, external_id, provider, created_at)
      VALUES ('o', 'Elsewhere', 'https://other.test', '7', 'other', '2025-01-01T00:00:00.000Z')`)
    await run(`INSERT INTO team_members (team, account, added_at) VALUES ('o', '${grace.id}', '2025')`)
    await signIn('grace', [authentik[0]])
    expect(await members('On call')).toEqual(['ada-2'])
    await signIn('ada', [authentik[0]])
    expect(await shown()).toEqual(['Elsewhere 7', 'Engineering 7'])
    expect(await members('Elsewhere')).toEqual(['grace'])
  })

  it('an empty list is “none”', async () => {
    await signIn('grace', authentik)
    await signIn('grace', [])
    expect(await shown()).toEqual([])
  })

  it('a claim of another name is read where the settings name it', async () => {
    desk.configure(settings(`OIDC_TEAMS_CLAIM=groups\nOIDC_GROUPS_CLAIM=`))
    await signIn('grace', authentik, 'groups')
    expect(await shown()).toEqual(['Engineering 7', 'On call 12'])
  })
})

describe('a sign-in that is refused', () => {
  it('changes no team', async () => {
    desk.configure(settings(`OIDC_SCOPES=${scopes}\nOIDC_ALLOWED_DOMAINS=elsewhere.test`))
    expect(await signIn('grace', authentik)).toBe('OIDC_NOT_ALLOWED_DOMAIN')
    expect(await teams()).toEqual([])
  })

  it('nor does one whose record cannot be written', async () => {
    const look = await desk.database()
    await desk.code('app.status')
    const fail = `CREATE TRIGGER no_room BEFORE INSERT ON audit_events WHEN NEW.action = 'teams.sync'
      BEGIN SELECT RAISE(ABORT, 'no room'); END`
    await look.transaction((tx) => look.run(tx, { sql: fail }))
    provider.signInAs('grace')
    provider.setClaims('grace', { ...defaultAccounts['grace'], vikunja_groups: authentik })
    const code = await desk.code('session.signInOidc', { runId: 'r', provider: 'real' })
    expect([code, await teams()]).toEqual(['AUDIT_WRITE_FAILED', []])
    expect(await desk.code('account.get')).toBe('FORBIDDEN')
  })
})

describe('an account that is deleted', () => {
  it('leaves its teams; a provider’s team that nobody is in goes with it', async () => {
    await signIn('ada', [authentik[0]])
    await signIn('grace', authentik)
    const made = z.object({ team: teamSchema }).parse(await create('Nights')).team
    const { id } = await desk.account('grace')
    await desk.cliValue('teams.add', { id: made.id, account: id })
    await desk.cliValue('users.delete', { id, reason: 'for the test' })
    expect(await shown()).toEqual(['Engineering 7', 'Nights here'])
    expect([await members('Engineering'), await members('Nights')]).toEqual([['ada-2'], []])
  })
})

describe('a team that a provider keeps', () => {
  it.each(['rename', 'delete', 'add', 'remove'] as const)('is not changed here: %s', async (verb) => {
    await signIn('grace', authentik)
    const [team] = await teams()
    const grace = await desk.account('grace')
    await desk.signIn('root', rootPassword)
    const input = { id: team?.id, name: 'Mine', account: grace.id }
    const before = await teams()
    const refused = await desk.request(`teams.${verb}`, input)
    expect(refused).toMatchObject({ ok: false, error: { code: 'FORBIDDEN', details: { provider: 'Real' } } })
    expect(await desk.cli(`teams.${verb}`, input)).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await teams()).toEqual(before)
    const last = (await desk.audit()).at(-1)
    expect(last).toMatchObject({ action: `teams.${verb}`, code: 'FORBIDDEN', target: team?.name })
  })

  it('has the provider’s name with the account too, and its slug once it is not configured', async () => {
    await signIn('grace', [authentik[0]])
    const { id } = await desk.account('grace')
    expect(await desk.cliValue('users.get', { id })).toMatchObject({
      teams: [{ name: 'Engineering', provider: 'Real' }],
    })
    desk.configure('AUTH_METHOD=local')
    expect((await teams())[0]?.provider).toBe('real')
  })
})
