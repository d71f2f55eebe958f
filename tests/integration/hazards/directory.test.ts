import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { agree, startFakeDirectory } from '../../support/ldap-fake'
import { createPki, type Pki } from '../../support/pki'
import { startSlapd, type Slapd } from '../../support/slapd'
import { sessionIn, startPeopledConsole, type Console } from '../sign-in/console'

let pki: Pki
let slapd: Slapd
let desk: Console
beforeAll(async () => {
  pki = createPki()
  slapd = await startSlapd({ pki })
})
afterAll(async () => {
  await slapd.stop()
  pki.remove()
})
beforeEach(async () => void (desk = await startPeopledConsole(settings())))
afterEach(() => desk.close())

const settings = (more = '', method = 'ldap') => `AUTH_METHOD=${method}
LDAP_HOST=127.0.0.1
LDAP_PORT=${slapd.ldapsPort}
LDAP_USE_SSL=true
LDAP_TLS_CA_CERT_FILE=${slapd.caFile}
LDAP_BASE_DN=${slapd.baseDn}
LDAP_BIND_DN=${slapd.bindDn}
LDAP_BIND_PASSWORD=${slapd.bindPassword}
LDAP_USER_DN=ou=people
LDAP_TIMEOUT=5
${method === 'all' ? 'OIDC_ISSUER=https://id.example.test\nOIDC_CLIENT_ID=desk' : ''}
${more}`
const password = (name: string) => slapd.passwords[name] ?? ''
const exact = async () => {
  const record = (await desk.audit()).at(-1)
  return { code: record?.code, after: record?.after ?? '' }
}

describe('H2: the directory’s channel is not verified', () => {
  it.each(['ldaps', 'starttls'] as const)(
    'over %s not one byte of a bind goes to a server whose name is wrong, for the service and the person',
    async (encryption) => {
      const files = pki.server('wrong-name')
      const fake = await startFakeDirectory({
        reply: agree,
        ...(encryption === 'ldaps' ? { tls: files } : { startTls: files }),
      })
      try {
        const tls = encryption === 'ldaps' ? 'LDAP_USE_SSL=true' : 'LDAP_USE_SSL=false\nLDAP_USE_TLS=true'
        desk.configure(settings(`LDAP_PORT=${fake.port}\n${tls}`))
        expect(await desk.signIn('grace', 'canary-of-grace')).toMatchObject({
          error: { code: 'LDAP_UNAVAILABLE' },
        })
        expect((await exact()).after).toContain('LDAP_TLS_HOSTNAME')
        expect(fake.requests.filter(({ kind }) => kind === 'bind')).toEqual([])
        const bytes = Buffer.concat([fake.plain(), fake.decrypted()]).toString('latin1')
        expect(bytes).not.toContain('canary-of-grace')
        expect(bytes).not.toContain(slapd.bindPassword)
      } finally {
        await fake.stop()
      }
    },
  )
})

describe('H3: a failed bind of the service account is ignored', () => {
  it('the test is red and nobody gets in', async () => {
    desk.configure(settings('LDAP_BIND_PASSWORD=not-the-password'))
    const ladder = z.object({ ok: z.boolean(), stages: z.array(z.looseObject({ id: z.string() })) })
    const found = ladder.parse(
      await desk.cliValue('ldap.test', { runId: 'r', user: 'grace', password: password('grace') }),
    )
    expect(found.ok).toBe(false)
    expect(found.stages.find(({ id }) => id === 'bind')).toMatchObject({
      status: 'failed',
      code: 'LDAP_BIND_CREDENTIALS',
    })
    expect(found.stages.find(({ id }) => id === 'userbind')).toMatchObject({ status: 'skipped' })
    expect(await desk.signIn('grace', password('grace'))).toMatchObject({
      error: { code: 'LDAP_UNAVAILABLE' },
    })
  })
})

describe('H5: disabled people are synchronised and recorded as signed in', () => {
  it('the account is refused before anything of it is written, and the record says so', async () => {
    sessionIn(await desk.signIn('grace', password('grace')))
    await desk.signOut()
    const { id } = await desk.account('grace')
    await desk.cliValue('users.disable', { id })
    const look = await desk.database()
    await look.transaction((tx) =>
      look.run(tx, { sql: `UPDATE users SET full_name = 'Old' WHERE id = '${id}'` }),
    )
    const before = await desk.account('grace')
    desk.pass({ hours: 1 })
    expect((await desk.signIn('grace', password('grace'))).ok).toBe(false)
    expect((await exact()).code).toBe('ACCOUNT_DISABLED')
    expect(await desk.account('grace')).toEqual(before)
  })
})

describe('H6: a mistyped name becomes a local account', () => {
  it('not while the directory knows the name, nor while it is away', async () => {
    desk.configure(settings('ALLOW_SELF_REGISTER=true', 'all'))
    const register = (username: string) =>
      desk.code('session.register', { runId: 'r', username, password: 'quiet-harbour-lantern-forty' })
    expect((await desk.signIn('gracce', password('grace'))).ok).toBe(false)
    expect(await register('grace')).toBe('NAME_RESERVED')
    desk.configure(settings('ALLOW_SELF_REGISTER=true\nLDAP_PORT=1', 'all'))
    expect(await register('edsger')).toBe('LDAP_UNAVAILABLE')
    expect(await desk.cliValue('users.list', {})).toMatchObject({ total: 2 })
  })
})

describe('H11: a hiccup or an empty group takes the administrator’s role', () => {
  const admin = async () => {
    desk.configure(settings())
    sessionIn(await desk.signIn('grace', password('grace')))
    const { id } = await desk.account('grace')
    await desk.signOut()
    const look = await desk.database()
    const sql = `INSERT INTO role_grants VALUES ('${id}', 'admin', 'ldap', '2025-01-01T00:00:00.000Z')`
    await look.transaction((tx) => look.run(tx, { sql }))
  }

  it.each([
    ['no group is configured', ''],
    ['the group is not found', 'LDAP_ADMIN_GROUP=nobody-has-made-this-group'],
  ])('where %s, it stays', async (_, more) => {
    await admin()
    desk.configure(settings(more))
    expect(sessionIn(await desk.signIn('grace', password('grace'))).role).toBe('admin')
  })

  it('the group’s own clear no takes it, but never from the last administrator', async () => {
    await admin()
    desk.configure(settings('LDAP_ADMIN_GROUP=desk-admins'))
    expect(sessionIn(await desk.signIn('grace', password('grace'))).role).toBe('user')
    await desk.signOut()
    await admin()
    const look = await desk.database()
    await look.transaction((tx) => look.run(tx, { sql: `DELETE FROM role_grants WHERE source = 'manual'` }))
    desk.configure(settings('LDAP_ADMIN_GROUP=desk-admins'))
    const result = await desk.signIn('grace', password('grace'))
    expect(sessionIn(result).role).toBe('admin')
  })
})
