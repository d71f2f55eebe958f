import { writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { directoryExplanationSchema } from '../../../src-main/contract/ldap-explain'
import { createFiles } from '../../../src-main/core/app/files'
import { seedLdif } from '../../support/slapd-seed'
import { startSlapd, type Slapd } from '../../support/slapd'
import { codeOf, sessionIn, startPeopledConsole, type Console } from '../sign-in/console'

let slapd: Slapd
let desk: Console
const files = createFiles()
beforeAll(async () => {
  slapd = await startSlapd()
})
afterAll(() => slapd.stop())
beforeEach(async () => {
  desk = await startPeopledConsole(settings(), { files })
})
afterEach(() => desk.close())

function settings(more = '', method = 'ldap'): string {
  return `AUTH_METHOD=${method}
LDAP_HOST=127.0.0.1
LDAP_PORT=${slapd.ldapsPort}
LDAP_USE_SSL=true
LDAP_TLS_CA_CERT_FILE=${slapd.caFile}
LDAP_BASE_DN=${slapd.baseDn}
LDAP_BIND_DN=${slapd.bindDn}
LDAP_BIND_PASSWORD=${slapd.bindPassword}
LDAP_USER_DN=ou=people
LDAP_TIMEOUT=5
${more}`
}
const explain = async (name: string) =>
  directoryExplanationSchema.parse(await desk.cliValue('ldap.explain', { runId: 'r', name }))

describe('the explanation of a person', () => {
  it('says of everybody what their sign-in with the right password then does', async () => {
    for (const name of Object.keys(slapd.passwords)) {
      const { decision, account } = await explain(name)
      const result = await desk.signIn(name, slapd.passwords[name] ?? '')
      const refusedByPassword = ['mustchange', 'expired'].some((state) => name.startsWith(state))
      if (refusedByPassword) continue
      expect([name, decision.allowed]).toEqual([name, result.ok])
      if (!result.ok) continue
      const session = sessionIn(result)
      expect([account?.action, account?.username, account?.role.after]).toEqual([
        'create',
        session.username,
        session.role,
      ])
      await desk.signOut()
      expect((await explain(name)).account).toMatchObject({ action: 'sign-in', id: session.accountId })
    }
  })

  it('shows each field with its attribute and what it holds, and writes nothing', async () => {
    const before = (await desk.audit()).length
    const found = await explain('grace')
    expect(found.entry?.dn).toBe('uid=grace,ou=people,dc=example,dc=test')
    expect(found.fields).toContainEqual({
      ...{ field: 'email', attribute: 'mail', raw: ['Grace@Example.test'], value: 'grace@example.test' },
    })
    expect(found.fields).toContainEqual({
      ...{ field: 'fullName', attribute: 'givenName + sn', raw: ['Grace', 'Hopper'], value: 'Grace Hopper' },
    })
    const id = found.fields.find(({ field }) => field === 'entryId')
    expect(id).toMatchObject({ attribute: 'entryUUID', raw: [id?.value] })
    expect(JSON.stringify(found)).not.toMatch(/userpassword|\{SSHA\}/i)
    expect((await desk.audit()).slice(before).map(({ action }) => action)).toEqual([
      'ldap.explain',
      'ldap.explain',
    ])
    await expect(desk.account('grace')).rejects.toThrow('no account')
  })

  it('names who is not there, whose settings do not use the directory, and an outage as what it is', async () => {
    expect((await explain('nobody-here')).decision).toMatchObject({
      allowed: false,
      code: 'LDAP_USER_NOT_FOUND',
      rule: 'person',
    })
    expect(codeOf(await desk.cli('ldap.explain', { runId: 'r', name: ' ' }))).toBe('INVALID_INPUT')
    desk.configure(settings('', 'local'))
    expect((await explain('grace')).decision).toMatchObject({ code: 'METHOD_NOT_OFFERED', rule: 'mode' })
    desk.configure(settings().replace(`LDAP_PORT=${slapd.ldapsPort}`, 'LDAP_PORT=1'))
    expect((await explain('grace')).decision).toMatchObject({ allowed: null, code: 'LDAP_CONNECT_REFUSED' })
  })

  it('says what would be with settings that nobody has saved', async () => {
    const changes = { LDAP_REQUIRED_GROUP: 'no-such-group' }
    const draft = { profile: null, changes, secrets: {} }
    const found = directoryExplanationSchema.parse(
      await desk.cliValue('ldap.explainDraft', { runId: 'r', name: 'grace', draft }),
    )
    expect(found.decision).toMatchObject({ allowed: false, code: 'LDAP_GROUP_NOT_FOUND', rule: 'groups' })
    expect(found.unmatched).toEqual([{ group: 'no-such-group', code: 'LDAP_GROUP_NOT_FOUND' }])
    expect((await explain('grace')).decision.allowed).toBe(true)
  })

  it('follows the form: an account of a provider is refused, a local one only where its entry is nobody’s', async () => {
    desk.configure(settings('OIDC_ISSUER=https://id.example.test\nOIDC_CLIENT_ID=desk', 'all'))
    await desk.cliValue('users.create', { username: 'katherine', email: null, authProvider: 'oidc' })
    expect((await explain('katherine')).decision).toMatchObject({
      allowed: false,
      code: 'METHOD_NOT_ALLOWED',
      rule: 'account',
    })
    expect((await desk.signIn('katherine', slapd.passwords['katherine'] ?? '')).ok).toBe(false)
    await desk.addPerson('alan')
    expect((await explain('alan')).decision).toMatchObject({
      code: 'LDAP_IDENTITY_NOT_LINKED',
      rule: 'identity',
    })
    expect((await desk.signIn('alan', slapd.passwords['alan'] ?? '')).ok).toBe(false)
    for (let tries = 0; tries < 5; tries += 1) await desk.signIn('grace', 'wrong')
    expect((await explain('grace')).decision).toMatchObject({ code: 'RATE_LIMITED', rule: 'account' })
  })

  it('keeps the last administrator’s role and takes another’s, as the sign-in does', async () => {
    desk.configure(settings('LDAP_ADMIN_GROUP=desk-admins'))
    expect((await explain('ada')).account?.role).toMatchObject({
      before: null,
      after: 'admin',
      source: 'ldap',
    })
    expect((await explain('grace')).account?.role.after).toBe('user')
    const { role } = sessionIn(await desk.signIn('ada', slapd.passwords['ada'] ?? ''))
    expect(role).toBe('admin')
    await desk.signOut()
    desk.configure(settings('LDAP_ADMIN_GROUP=engineering'))
    expect((await explain('ada')).account?.role).toMatchObject({ before: 'admin', after: 'user' })
    const look = await desk.database()
    const sql = `UPDATE users SET disabled_at = '2025-01-01T00:00:00.000Z', disabled_source = 'manual' WHERE username = 'root'`
    await look.transaction((tx) => look.run(tx, { sql }))
    expect((await explain('ada')).account?.role).toMatchObject({ before: 'admin', after: 'admin' })
    expect(sessionIn(await desk.signIn('ada', slapd.passwords['ada'] ?? '')).role).toBe('admin')
  })

  it('is the same over a file', async () => {
    const file = `${desk.folder}/home.ldif`
    writeFileSync(file, seedLdif())
    const handle = files.add(file).handle
    const online = await explain('grace')
    const offline = directoryExplanationSchema.parse(
      await desk.cliValue('ldap.explain', { runId: 'r', name: 'grace', against: handle }),
    )
    expect([offline.decision, offline.groups, offline.account?.action]).toEqual([
      online.decision,
      online.groups,
      online.account?.action,
    ])
  })

  it('tells of a link that waits, of a lock here and of a disabled account', async () => {
    const id = await desk.addPerson('grace2')
    const look = await desk.database()
    const change = (sql: string) => look.transaction((tx) => look.run(tx, { sql }))
    await change(
      `UPDATE users SET email = 'grace@example.test', email_folded = 'grace@example.test' WHERE id = '${id}'`,
    )
    expect(await explain('grace')).toMatchObject({
      ...{
        decision: { allowed: false, code: 'LINK_PENDING', rule: 'identity' },
        account: { action: 'wait', username: 'grace2' },
      },
    })
    desk.configure(settings('LDAP_EMAIL_TRUSTED=true'))
    expect(await explain('grace')).toMatchObject({
      decision: { allowed: true },
      account: { action: 'link', id },
    })
    await change(`UPDATE users SET locked_until = '2099-01-01T00:00:00.000Z' WHERE id = '${id}'`)
    expect((await explain('grace')).decision).toMatchObject({ code: 'ACCOUNT_LOCKED', rule: 'account' })
    await desk.cliValue('users.disable', { id })
    expect((await explain('grace')).decision).toMatchObject({ code: 'ACCOUNT_DISABLED', rule: 'identity' })
  })
})
