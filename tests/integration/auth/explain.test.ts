import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { explanationSchema } from '../../../src-main/contract/auth'
import { startSlapd, type Slapd } from '../../support/slapd'
import { adaPassword, rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

let slapd: Slapd
let desk: Console
beforeAll(async () => void (slapd = await startSlapd()))
afterAll(() => slapd.stop())
beforeEach(async () => void (desk = await startPeopledConsole('AUTH_METHOD=local')))
afterEach(() => desk.close())

const directory = (more = '') => `LDAP_HOST=127.0.0.1
LDAP_PORT=${slapd.ldapsPort}
LDAP_USE_SSL=true
LDAP_TLS_CA_CERT_FILE=${slapd.caFile}
LDAP_BASE_DN=${slapd.baseDn}
LDAP_BIND_DN=${slapd.bindDn}
LDAP_BIND_PASSWORD=${slapd.bindPassword}
LDAP_USER_DN=ou=people
LDAP_TIMEOUT=5
${more}`
const provider = 'OIDC_ISSUER=https://id.example.test\nOIDC_CLIENT_ID=desk\n'
const modeOf = (method: string, more = '') =>
  desk.configure(
    `AUTH_METHOD=${method}\n${directory()}\n${method === 'all' || method === 'both' || method === 'oidc' ? provider : ''}${more}`,
  )

const explain = async (name: string) => explanationSchema.parse(await desk.cliValue('auth.explain', { name }))
const rule = (found: Awaited<ReturnType<typeof explain>>, id: string) =>
  found.rules.find((each) => each.id === id)
async function change(sql: string): Promise<void> {
  const look = await desk.database()
  await look.transaction((tx) => look.run(tx, { sql }))
}
async function everything(): Promise<unknown[]> {
  const look = await desk.database()
  const tables = [
    'users',
    'identities',
    'role_grants',
    'sessions',
    'sign_in_attempts',
    'requests',
    'audit_events',
  ]
  return Promise.all(tables.map((table) => look.select(z.unknown(), { sql: `SELECT * FROM ${table}` })))
}
const local = ['ada', 'dis', 'bare', 'late']
function passwordOf(name: string, method = 'local'): string {
  if (method === 'ldap' || !local.includes(name)) return slapd.passwords[name] ?? rootPassword
  return adaPassword
}

describe('the explanation of a sign-in', () => {
  it.each(['none', 'local', 'both', 'ldap', 'all'])(
    'is what the sign-in then does, in mode %s, for everybody',
    async (method) => {
      await desk.cliValue('users.create', { username: 'lin', email: null, authProvider: 'ldap' })
      await desk.cliValue('users.create', { username: 'oli', email: null, authProvider: 'oidc' })
      await desk.cliValue('users.disable', { id: await desk.addPerson('dis') })
      await desk.addPerson('bare')
      await change(`UPDATE users SET password_hash = NULL WHERE username = 'bare'`)
      await desk.addPerson('late')
      await change(
        `UPDATE users SET password_expires_at = '2020-01-01T00:00:00.000Z' WHERE username = 'late'`,
      )
      modeOf(method)
      for (const name of ['ada', 'root', 'lin', 'oli', 'dis', 'bare', 'late', 'grace', 'nobody-here']) {
        const before = await everything()
        const form = (await explain(name)).ways.find(({ id }) => id === 'form')
        expect(await everything()).toEqual(before)
        const result = await desk.signIn(name, passwordOf(name, method))
        const exact = result.ok ? null : (await desk.audit()).at(-1)?.code
        expect({ name, allowed: form?.allowed, code: form?.code }).toEqual({
          ...{ name, allowed: result.ok, code: exact },
        })
        await change('DELETE FROM sign_in_attempts')
      }
    },
  )

  it('names each rule that was looked at, and where it ended', async () => {
    modeOf('local')
    await desk.cliValue('users.disable', { id: (await desk.account('ada')).id, reason: 'left the company' })
    const found = await explain('ADA')
    expect(found).toMatchObject({
      ...{ name: 'ADA', method: 'local', account: { username: 'ada', state: 'disabled' } },
      decision: { way: 'form', allowed: false, code: 'ACCOUNT_DISABLED' },
    })
    expect(found.decision.next).toMatch(/\w/)
    expect(found.rules.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      ...['mode passed', 'limit passed', 'account passed', 'enabled refused', 'provider not-reached'],
      ...['password not-reached', 'directory not-reached', 'lists not-reached', 'identity not-reached'],
      ...['lock not-reached', 'change not-reached'],
    ])
    expect(rule(found, 'enabled')?.evidence).toContain('left the company')
  })

  it('knows a wait, a due change and a directory that is away', async () => {
    for (let tries = 0; tries < 5; tries += 1) await desk.signIn('ada', 'wrong-wrong-wrong')
    expect((await explain('ada')).decision).toMatchObject({ allowed: false, code: 'RATE_LIMITED' })
    desk.pass({ minutes: 16 })
    await desk.cliValue('users.forceChange', { id: (await desk.account('ada')).id, reason: 'seen on a note' })
    const due = await explain('ada')
    expect(due.decision.allowed).toBe(true)
    expect(rule(due, 'change')).toMatchObject({ outcome: 'warning', code: 'PASSWORD_MUST_CHANGE' })
    desk.configure(`AUTH_METHOD=ldap\n${directory()}\nLDAP_PORT=1`)
    const away = await explain('grace')
    expect(away.decision).toMatchObject({ allowed: null, code: 'LDAP_UNAVAILABLE' })
    expect(rule(away, 'directory')).toMatchObject({ outcome: 'unknown' })
  })

  it('says what becomes of the identity', async () => {
    modeOf('ldap')
    expect(rule(await explain('grace'), 'identity')?.evidence).toContain('A new account is made')
    await desk.signIn('grace', passwordOf('grace'))
    expect(rule(await explain('grace'), 'identity')?.evidence).toContain('uid=grace')
    await desk.cliValue('users.create', { username: 'linus', email: null, authProvider: 'ldap' })
  })

  it('covers the other ways too: the providers by the last claims, and the local administrator’s', async () => {
    modeOf('both', 'OIDC_ALLOWED_DOMAINS=corp.test\n')
    const oli = await desk.cliValue('users.create', {
      username: 'oli',
      email: 'oli@corp.test',
      authProvider: 'oidc',
    })
    expect(oli).toBeTruthy()
    const waiting = await explain('oli')
    expect(waiting.decision).toMatchObject({ allowed: true })
    expect(waiting.decision.way).toMatch(/^oidc:/)
    expect(rule(waiting, 'lists')).toMatchObject({ outcome: 'warning' })
    expect(rule(waiting, 'identity')?.evidence).toContain('binds the identity')
    await change(`INSERT INTO identities (account, kind, issuer, subject, claims) SELECT id, 'oidc', 'https://id.example.test',
      's1', '{"email":"oli@elsewhere.test","email_verified":true}' FROM users WHERE username = 'oli'`)
    expect((await explain('oli')).decision).toMatchObject({ allowed: false, code: 'OIDC_NOT_ALLOWED_DOMAIN' })
    const ways = (await explain('root')).ways.map(({ id, allowed }) => [id, allowed])
    expect(ways.find(([id]) => id === 'break-glass')).toEqual(['break-glass', true])
    expect((await explain('ada')).ways.find(({ id }) => id === 'break-glass')).toMatchObject({
      ...{ allowed: false, code: 'METHOD_NOT_ALLOWED' },
    })
  })

  it('is for those who may read accounts', async () => {
    await desk.signIn('ada', adaPassword)
    expect(await desk.code('auth.explain', { name: 'root' })).toBe('FORBIDDEN')
    await desk.addPerson('hilda', { role: 'helpdesk' })
    await desk.signIn('hilda', adaPassword)
    expect(await desk.code('auth.explain', { name: 'root' })).toBe('OK')
  })
})
