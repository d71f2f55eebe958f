import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { OidcSignIn } from '../../../src-main/core/app/ports'
import { procedures } from '../../unit/contract/procedures'
import {
  adaPassword,
  rootPassword,
  startConsole,
  startPeopledConsole,
  type Console,
} from '../sign-in/console'

const issuer = 'https://id.example.test'
vi.mock('../../../src-main/core/oidc/oidc-sign-in', () => ({
  createOidcSignIn: (): OidcSignIn => ({
    renew: () => Promise.reject(new Error('nothing is renewed here')),
    signIn: (provider) =>
      Promise.resolve({
        ...{
          slug: provider.slug,
          issuer,
          subject: 'new',
          username: 'new',
          login: 'new',
          email: 'new@example.test',
        },
        ...{ emailVerified: true, fullName: 'New', picture: null, roles: null, teams: null, claims: {} },
      }),
  }),
}))

const settings = `AUTH_METHOD=both\nOIDC_ISSUER=${issuer}\nOIDC_CLIENT_ID=desk\nALLOW_SELF_REGISTER=true`
const reason = 'for the test'
const runId = 'r'
const strong = 'quiet-harbour-lantern-forty'

interface World {
  readonly desk: Console
  /** Ids of accounts by name, of the pending link, of the request, of ada's session. */
  readonly id: Readonly<Record<string, string>>
  readonly slug: string
  /** A handle for a file in the folder. */
  readonly file: (name: string, content?: string) => Promise<string>
}
type Prepare = (world: World) => unknown

const named =
  (name: string, more: object = {}): Prepare =>
  ({ id }) => ({ id: id[name], reason, ...more })

/** An input that would succeed, for every command of the contract that an own database can serve. */
const inputs: Readonly<Record<string, Prepare>> = {
  'session.signIn': () => ({ runId, username: 'ada', password: adaPassword, way: 'form' }),
  'session.register': () => ({ runId, username: 'grace', fullName: '', password: strong }),
  'session.forgotPassword': () => ({ username: 'bob' }),
  'session.signInOidc': ({ slug }) => ({ runId, provider: slug }),
  'session.changePassword': () => ({ current: rootPassword, next: strong }),
  'session.unlock': async ({ desk }) => {
    await desk.value('session.lock')
    return { runId, password: rootPassword }
  },
  'session.signOut': () => ({}),
  'users.create': () => ({ username: 'grace', email: null }),
  'users.disable': named('ada'),
  'users.enable': named('dis'),
  'users.resetPassword': named('ada'),
  'users.unlock': named('locked'),
  'users.forceChange': named('ada'),
  'users.setRole': named('ada', { role: 'auditor' }),
  'users.delete': named('ada'),
  'users.endSessions': named('ada'),
  'users.link': named('ada', { kind: 'oidc', issuer, subject: 's9' }),
  'users.unlink': named('ada', { issuer, subject: 'adas' }),
  'users.convert': named('oli'),
  'users.bulk': ({ id }) => ({ runId, action: 'disable', reason, target: { ids: [id['ada']] } }),
  'users.export': async ({ file }) => ({
    file: await file('out.csv'),
    format: 'csv',
    target: { filter: {} },
  }),
  'users.import': async ({ desk, file }) => {
    const handle = await file('in.csv', 'username\ngrace\n')
    const seen = await desk.value('users.importPreview', { file: handle, format: 'csv' })
    return { runId, file: handle, format: 'csv', digest: z.object({ digest: z.string() }).parse(seen).digest }
  },
  'account.connect': ({ slug }) => ({ runId, provider: slug }),
  'account.disconnect': () => ({ issuer, subject: 'roots' }),
  'account.endSession': () => ({ id: null }),
  'links.confirm': ({ id }) => ({ id: id['link'] }),
  'links.refuse': ({ id }) => ({ id: id['link'], reason }),
  'teams.create': () => ({ name: 'Days' }),
  'teams.rename': ({ id }) => ({ id: id['team'], name: 'Days' }),
  'teams.delete': ({ id }) => ({ id: id['team'] }),
  'teams.add': ({ id }) => ({ id: id['team'], account: id['ada'] }),
  'teams.remove': ({ id }) => ({ id: id['team'], account: id['bob'] }),
  'sessions.end': ({ id }) => ({ id: id['session'], reason }),
  'sessions.endOthers': () => ({ reason }),
  'requests.done': ({ id }) => ({ id: id['request'], outcome: 'done', reason }),
  'auth.exportImpact': async ({ file }) => ({
    method: 'local',
    file: await file('impact.csv'),
    format: 'csv',
  }),
  'audit.export': async ({ file }) => ({ file: await file('audit.csv'), format: 'csv' }),
  'db.migrate': () => ({}),
  'db.backup': async ({ file }) => ({ file: await file('backup.sqlite') }),
}
/**
 * Needs an empty database, a directory, a provider, an application, or files of profiles; each has this test in its own
 * room, or changes nothing here and is stopped at the door before it begins.
 */
const elsewhere = [
  ...[
    'session.createFirstAdmin',
    'account.convert',
    'ldap.test',
    'ldap.testDraft',
    'ldap.explain',
    'ldap.explainDraft',
    'ldap.snapshot',
    'oidc.test',
    'oidc.testDraft',
    'oidc.login',
    'oidc.loginDraft',
    'oidc.symptom',
    'reports.save',
  ],
  ...['sync.preview', 'sync.apply', 'sync.exportRows', 'sync.undo'],
  ...[
    'application.resetPassword',
    'application.disable',
    'application.enable',
    'application.exportComparison',
  ],
  ...[
    'settings.save',
    'settings.pinAuthority',
    'profiles.add',
    'profiles.copy',
    'profiles.rename',
    'profiles.remove',
    'profiles.export',
  ],
  ...['profiles.exportRevealed', 'profiles.govern'],
]

const idRow = z.object({ id: z.string() })
let world: World
let desk: Console
beforeEach(async () => {
  desk = await startPeopledConsole(settings)
  const people = ['dis', 'bob', 'locked']
  for (const name of people) await desk.addPerson(name)
  await desk.cliValue('users.create', { username: 'oli', email: null, authProvider: 'oidc' })
  const ids = await Promise.all(
    ['ada', 'root', 'oli', ...people].map(async (name) => [name, (await desk.account(name)).id] as const),
  )
  const id: Record<string, string> = Object.fromEntries(ids)
  await desk.cliValue('users.disable', { id: id['dis'] })
  for (const [name, subject] of [
    ['ada', 'adas'],
    ['root', 'roots'],
  ] as const)
    await desk.cliValue('users.link', { id: id[name], kind: 'oidc', issuer, subject, reason })
  const look = await desk.database()
  const run = (sql: string) => look.transaction((tx) => look.run(tx, { sql }))
  await run(`UPDATE users SET locked_until = '2099-01-01T00:00:00.000Z' WHERE username = 'locked'`)
  await run(`INSERT INTO pending_links (id, account, kind, issuer, subject, created_at, last_at)
    VALUES ('link', '${id['bob'] ?? ''}', 'oidc', '${issuer}', 'bobs', '2025-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z')`)
  await desk.value('session.forgotPassword', { username: 'ada' })
  await desk.another().signIn('ada', adaPassword)
  const one = async (sql: string) => (await look.select(idRow, { sql }))[0]?.id ?? ''
  const made = z.object({ team: idRow }).parse(await desk.cliValue('teams.create', { name: 'Nights' }))
  id['team'] = made.team.id
  await desk.cliValue('teams.add', { id: made.team.id, account: id['bob'] })
  id['link'] = 'link'
  id['request'] = await one('SELECT id FROM requests')
  id['session'] = await one('SELECT id FROM sessions WHERE ended_at IS NULL')
  await desk.signIn('root', rootPassword)
  const options = z.object({ providers: z.array(z.object({ slug: z.string() })) })
  const slug = options.parse(await desk.value('session.signInOptions')).providers[0]?.slug ?? ''
  const file: World['file'] = async (name, content) => {
    if (content !== undefined) writeFileSync(join(desk.folder, name), content)
    const handle = z.object({ file: z.object({ handle: z.string() }) })
    return handle.parse(await desk.value('app.chooseSave', { name })).file.handle
  }
  world = { desk, id, slug, file }
})
afterEach(() => desk.close())

/** Every row of every table but the counter of tries, which counts them whatever comes of them; and every file. */
async function everything(): Promise<unknown> {
  const look = await desk.database()
  const tables = await look.select(z.object({ name: z.string() }), {
    sql: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'users_search%'
      AND name <> 'sign_in_attempts' ORDER BY name`,
  })
  const rows = await Promise.all(
    tables.map(({ name }) => look.select(z.unknown(), { sql: `SELECT * FROM "${name}"` })),
  )
  const files = readdirSync(desk.folder).filter((name) => statSync(join(desk.folder, name)).isFile())
  return [tables, rows, files.map((name) => [name, readFileSync(join(desk.folder, name), 'utf8')])]
}
const fail = `CREATE TRIGGER no_room BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'no room'); END`

describe('a command whose record cannot be written', () => {
  it('is every one of the contract, here or in its own room', () => {
    const commands = procedures.flatMap(([path, { kind }]) => (kind === 'command' ? [path] : []))
    expect([...Object.keys(inputs), ...elsewhere].toSorted()).toEqual(commands.toSorted())
  })

  it.each(Object.entries(inputs))('does not happen: %s', async (path, prepare) => {
    const input = await prepare(world)
    const look = await desk.database()
    const run = (sql: string) => look.transaction((tx) => look.run(tx, { sql }))
    await run(fail)
    const before = await everything()
    const refused = await desk.code(path, input)
    expect(await everything()).toEqual(before)
    expect(refused).toBe('AUDIT_WRITE_FAILED')
    await run('DROP TRIGGER no_room')
    expect(await desk.code(path, input)).toBe('OK')
    expect(await everything()).not.toEqual(before)
  })
})

it('nor does the first administrator come to be without a record', async () => {
  const empty = startConsole()
  try {
    const look = await empty.database()
    expect(await empty.code('app.status')).toBe('OK')
    await look.transaction((tx) => look.run(tx, { sql: fail }))
    const admin = { username: 'root', email: 'root@example.test', fullName: '', password: rootPassword }
    expect(await empty.code('session.createFirstAdmin', admin)).toBe('AUDIT_WRITE_FAILED')
    expect(await empty.value('app.status')).toMatchObject({ firstRun: true, session: null })
  } finally {
    await empty.close()
  }
})
