import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startSlapd, type Slapd } from '../../support/slapd'
import { adaPassword, codeOf, rootPassword, sessionIn, startPeopledConsole, type Console } from './console'

let slapd: Slapd
let desk: Console
beforeAll(async () => {
  slapd = await startSlapd()
})
afterAll(() => slapd.stop())
beforeEach(async () => {
  desk = await startPeopledConsole(settings('ldap'))
})
afterEach(() => desk.close())

function settings(method: 'ldap' | 'all', more = ''): string {
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
${method === 'all' ? 'OIDC_ISSUER=https://id.example.test\nOIDC_CLIENT_ID=desk' : ''}
${more}`
}

const password = (name: string) => slapd.passwords[name] ?? ''
const enter = async (name: string, typed = name) => sessionIn(await desk.signIn(typed, password(name)))
const hint = 'If your account signs in with SSO or the directory, use that way.'

/** The code that the person gets, and the exact one of the audit. */
async function refusal(name: string, typed: string): Promise<[shown: string, exact: string | undefined]> {
  const result = await desk.signIn(name, typed)
  if (result.ok) throw new Error(`${name} got in`)
  if (result.error.code === 'SIGN_IN_REFUSED') expect(result.error.message).toContain(hint)
  return [result.error.code, (await desk.audit()).at(-1)?.code]
}

const usernames = async () => {
  const page = z.object({ users: z.array(z.object({ username: z.string() })) })
  return page.parse(await desk.cliValue('users.list')).users.map((user) => user.username)
}
const identityRow = z.object({ account: z.string(), issuer: z.string(), last: z.string() })
const identities = async () =>
  (await desk.database()).select(identityRow, {
    sql: 'SELECT account, issuer, last_sign_in AS last FROM identities ORDER BY id',
  })
async function change(sql: string): Promise<void> {
  const look = await desk.database()
  await look.transaction((tx) => look.run(tx, { sql }))
}

describe('the first sign-in with the directory', () => {
  it('makes an ldap account with its identity, and the next one finds and refreshes it', async () => {
    const first = await enter('grace')
    expect(first).toMatchObject({ username: 'grace', authProvider: 'ldap', via: 'ldap', role: 'user' })
    expect(await desk.account('grace')).toMatchObject({
      ...{ provider: 'ldap', hash: null, email: 'grace@example.test', fullName: 'Grace Hopper', must: 0 },
    })
    const [identity] = await identities()
    expect(identity).toMatchObject({ account: first.accountId, issuer: 'dc=example,dc=test' })
    expect((await desk.audit()).at(-1)).toMatchObject({
      target: 'grace',
      code: 'OK',
      account: first.accountId,
    })
    expect((await desk.audit()).at(-1)?.after).toContain('"how":"create"')

    await change(`UPDATE users SET full_name = 'Old Name' WHERE username = 'grace'`)
    desk.pass({ minutes: 1 })
    expect((await enter('grace')).accountId).toBe(first.accountId)
    expect(await desk.account('grace')).toMatchObject({
      ...{ fullName: 'Grace Hopper', lastSignIn: desk.clock.now().toISOString() },
    })
    expect(await identities()).toEqual([{ ...identity, last: desk.clock.now().toISOString() }])
    expect((await desk.audit()).at(-1)?.after).toContain('"how":"known"')
  })

  it('is the same person however the name is written', async () => {
    const { accountId } = await enter('grace')
    for (const typed of ['GRACE', ' grace ', 'EXAMPLE\\grace', 'grace@example.test']) {
      expect((await enter('grace', typed)).accountId, typed).toBe(accountId)
    }
    expect(await usernames()).toEqual(['ada', 'grace', 'root'])
  })

  it('does not take over a local account of that name', async () => {
    const { hash } = await desk.account('ada')
    expect(await enter('ada')).toMatchObject({ username: 'ada-2', authProvider: 'ldap' })
    expect(await desk.account('ada')).toMatchObject({ provider: 'local', hash })
    expect(await enter('ada')).toMatchObject({ username: 'ada-2' })
  })

  it('binds an account that awaits it, and waits for an administrator where it has a role', async () => {
    await desk.cliValue('users.create', { username: 'Alan', email: null, authProvider: 'ldap' })
    await desk.cliValue('users.create', {
      username: 'grace',
      email: null,
      authProvider: 'ldap',
      role: 'auditor',
    })
    expect(await enter('alan')).toMatchObject({ username: 'Alan' })
    expect((await desk.audit()).at(-1)?.after).toContain('"how":"bind"')
    expect(await refusal('grace', password('grace'))).toEqual(['LINK_PENDING', 'LINK_PENDING'])
    expect(await desk.account('grace')).toMatchObject({ pending: 1, lastSignIn: null })
    expect(await identities()).toHaveLength(1)
  })

  it('leaves neither password in the home or the log', async () => {
    await enter('grace')
    await desk.signIn('alan', 'canary-4711-wrong')
    for (const text of [desk.homeText(), desk.logged.join('\n')]) {
      expect(text.includes(password('grace'))).toBe(false)
      expect(text.includes('canary-4711-wrong')).toBe(false)
      expect(text.includes(slapd.bindPassword)).toBe(false)
    }
  })
})

describe('the directory’s no', () => {
  it('is the neutral answer; the audit has the reason, and nothing is made', async () => {
    desk.configure(settings('ldap', 'LDAP_REQUIRED_GROUP=staff'))
    const rows = [
      ['grace', 'wrong-wrong-wrong', 'LDAP_USER_PASSWORD'],
      ['nobody-here', 'wrong-wrong-wrong', 'LDAP_USER_NOT_FOUND'],
      ['edsger', password('edsger'), 'LDAP_USER_NOT_IN_REQUIRED_GROUP'],
      ['nomail', password('nomail'), 'LDAP_USER_NO_EMAIL'],
      ['locked', password('locked'), 'LDAP_USER_DISABLED'],
      ['mustchange', password('mustchange'), 'LDAP_USER_MUST_CHANGE_PASSWORD'],
      ['twin', password('twin'), 'LDAP_USER_AMBIGUOUS'],
      ['*', 'wrong-wrong-wrong', 'LDAP_USER_NOT_FOUND'],
      ['grace)(uid=*', password('grace'), 'LDAP_USER_NOT_FOUND'],
    ] as const
    for (const [name, typed, exact] of rows) {
      expect(await refusal(name, typed), name).toEqual(['SIGN_IN_REFUSED', exact])
    }
    expect(await usernames()).toEqual(['ada', 'root'])
  })

  it('is not asked for with a blank password', async () => {
    for (const blank of ['', '   ', '\t']) {
      expect(await refusal('grace', blank)).toEqual(['SIGN_IN_REFUSED', 'SIGN_IN_REFUSED'])
    }
  })

  it('five times locks the account, under its other spellings too', async () => {
    await enter('grace')
    for (let time = 0; time < 5; time += 1) await desk.signIn('grace', 'wrong-wrong-wrong')
    expect(await refusal('grace', password('grace'))).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
    expect(await refusal('EXAMPLE\\grace', password('grace'))).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
    expect(await refusal('grace@example.test', 'x')).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
    desk.pass({ minutes: 15 })
    expect((await enter('grace')).username).toBe('grace')
  })
})

describe('the directory test with a person’s password', () => {
  it('counts as that person’s attempts: five wrong ones stop the test and the sign-in', async () => {
    await enter('grace')
    const test = (user: string, typed: string) =>
      desk.cli('ldap.test', { runId: 'test', user, password: typed })
    for (let time = 0; time < 5; time += 1) {
      expect(await test('GRACE', 'canary-4711-wrong')).toMatchObject({ ok: true, value: { ok: false } })
    }
    expect(codeOf(await test('grace', password('grace')))).toBe('RATE_LIMITED')
    expect(await refusal('grace', password('grace'))).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
    expect(codeOf(await test('alan', password('alan')))).toBe('OK')
    expect(desk.homeText().includes('canary-4711-wrong')).toBe(false)
  })
})

describe('a disabled account', () => {
  it('is refused before anything is written or asked', async () => {
    const { accountId } = await enter('grace')
    await desk.cliValue('users.disable', { id: accountId, reason: 'has left' })
    const before = [await desk.account('grace'), await identities()]
    desk.pass({ minutes: 1 })
    expect(await refusal('grace', password('grace'))).toEqual(['SIGN_IN_REFUSED', 'ACCOUNT_DISABLED'])
    expect(await refusal('EXAMPLE\\grace', password('grace'))).toEqual([
      'SIGN_IN_REFUSED',
      'ACCOUNT_DISABLED',
    ])
    await slapd.halt()
    try {
      expect(await refusal('grace', password('grace'))).toEqual(['SIGN_IN_REFUSED', 'ACCOUNT_DISABLED'])
    } finally {
      await slapd.start()
    }
    expect([await desk.account('grace'), await identities()]).toEqual(before)
  })
})

describe('roles by groups', () => {
  const groups = (admin: string, helpdesk: string) =>
    settings('ldap', `LDAP_ADMIN_GROUP=${admin}\nLDAP_HELPDESK_GROUP=${helpdesk}`)

  it('come and go with each sign-in; manual ones stay', async () => {
    desk.configure(groups('desk-admins', 'desk-helpdesk'))
    expect((await enter('alan')).role).toBe('helpdesk')
    expect((await enter('grace')).role).toBe('helpdesk')
    await change(`INSERT INTO role_grants (account, role, source, granted_at)
      SELECT id, 'auditor', 'manual', created_at FROM users WHERE username = 'alan'`)
    desk.configure(groups('desk-admins', 'desk-auditors'))
    expect((await enter('alan')).role).toBe('auditor')
    expect((await enter('grace')).role).toBe('user')
  })

  it('stay as they are where no mapping is configured, or its check failed', async () => {
    desk.configure(groups('desk-admins', 'desk-helpdesk'))
    await enter('grace')
    desk.configure(settings('ldap'))
    expect((await enter('grace')).role).toBe('helpdesk')
    desk.configure(groups('desk-admins', 'no-such-group'))
    expect((await enter('grace')).role).toBe('helpdesk')
  })

  it('never take the last administrator’s; what else they say counts', async () => {
    desk.configure(groups('desk-helpdesk', 'desk-admins'))
    expect((await enter('grace')).role).toBe('admin')
    await change(`DELETE FROM role_grants WHERE source = 'manual'`)
    desk.configure(groups('desk-auditors', 'staff'))
    expect((await enter('grace')).role).toBe('admin')
    const { id } = await desk.account('grace')
    const { roles } = z
      .object({ roles: z.array(z.object({ role: z.string(), source: z.string() })) })
      .parse(await desk.cliValue('users.get', { id }))
    expect(roles.map(({ role }) => role).toSorted()).toEqual(['admin', 'helpdesk'])
  })
})

describe('an outage', () => {
  beforeEach(() => slapd.halt())
  afterEach(async () => {
    if (slapd.pid() === null) await slapd.start()
  })

  it('is LDAP_UNAVAILABLE, never a wrong password, and counts against nobody', async () => {
    for (let time = 0; time < 7; time += 1) {
      expect(await refusal('grace', password('grace'))).toEqual(['LDAP_UNAVAILABLE', 'LDAP_UNAVAILABLE'])
    }
    expect((await desk.audit()).at(-1)?.after).toBe('{"outage":"LDAP_CONNECT_REFUSED"}')
    expect(desk.logged.findLast((line) => line.includes('sign-in refused'))).toContain('LDAP_CONNECT_REFUSED')
    await slapd.start()
    expect((await enter('grace')).username).toBe('grace')
  })

  it('does not stop local accounts in mode all, nor break-glass in mode ldap', async () => {
    desk.app.openBreakGlass()
    expect(codeOf(await desk.signIn('root', rootPassword, 'break-glass'))).toBe('OK')
    desk.configure(settings('all'))
    expect(codeOf(await desk.signIn('ada', adaPassword))).toBe('OK')
  })

  it('says the same of unknown names and of local accounts, whose wrong passwords still count', async () => {
    desk.configure(settings('all'))
    expect(await refusal('nobody-here', 'wrong-wrong-wrong')).toEqual([
      'LDAP_UNAVAILABLE',
      'LDAP_UNAVAILABLE',
    ])
    for (let time = 0; time < 5; time += 1) {
      expect(await refusal('ada', 'wrong-wrong-wrong')).toEqual(['LDAP_UNAVAILABLE', 'LDAP_UNAVAILABLE'])
    }
    expect(await refusal('ada', adaPassword)).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
  })
})

describe('mode all', () => {
  beforeEach(() => desk.configure(settings('all')))

  it('asks the directory about names that nobody has', async () => {
    expect(await enter('grace')).toMatchObject({ username: 'grace', authProvider: 'ldap' })
    expect(await refusal('nobody-here', 'wrong-wrong-wrong')).toEqual([
      'SIGN_IN_REFUSED',
      'LDAP_USER_NOT_FOUND',
    ])
  })

  it('takes a local account’s own password, and no longer looks for a stored one of an ldap account', async () => {
    expect(sessionIn(await desk.signIn('ada', adaPassword))).toMatchObject({ via: 'local', username: 'ada' })
    await enter('grace')
    await change(`UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE username = 'ada')
      WHERE username = 'grace'`)
    expect(await refusal('grace', adaPassword)).toEqual(['SIGN_IN_REFUSED', 'LDAP_USER_PASSWORD'])
  })

  it('refuses an oidc account without asking anybody', async () => {
    await desk.cliValue('users.create', { username: 'grace', email: null, authProvider: 'oidc' })
    expect(await refusal('grace', password('grace'))).toEqual(['SIGN_IN_REFUSED', 'METHOD_NOT_ALLOWED'])
  })

  it('sends no password to an entry that is not the account’s, and files the pending link', async () => {
    expect(await refusal('ada', password('ada'))).toEqual(['SIGN_IN_REFUSED', 'LDAP_IDENTITY_NOT_LINKED'])
    expect(await desk.account('ada')).toMatchObject({ pending: 1, provider: 'local' })
    expect(sessionIn(await desk.signIn('ada', adaPassword)).via).toBe('local')
  })

  it('says nothing of an entry where the directory has none', async () => {
    await desk.addPerson('local-only')
    expect(await refusal('local-only', 'wrong-wrong-wrong')).toEqual(['SIGN_IN_REFUSED', 'SIGN_IN_REFUSED'])
    expect((await desk.account('local-only')).pending).toBe(0)
  })

  it('signs in the account that the identity belongs to', async () => {
    const { accountId } = await enter('alan')
    await change(`UPDATE users SET username = 'turing', username_folded = 'turing' WHERE username = 'alan'`)
    await desk.addPerson('alan')
    expect(await enter('alan')).toMatchObject({ accountId, username: 'turing' })
    expect(sessionIn(await desk.signIn('alan', adaPassword))).toMatchObject({
      username: 'alan',
      via: 'local',
    })
    expect(await refusal('alan', 'wrong-wrong-wrong')).toEqual(['SIGN_IN_REFUSED', 'LDAP_USER_PASSWORD'])
  })
})

describe('an e-mail in both places', () => {
  const trusted = () => settings('all', 'LDAP_EMAIL_TRUSTED=true')
  beforeEach(async () => {
    await desk.addPerson('grace')
    await change(`UPDATE users SET email = 'GRACE@example.test', email_folded = 'grace@example.test'
      WHERE username = 'grace'`)
  })

  it('links where the directory’s e-mails are trusted: the account becomes ldap and its hash is gone', async () => {
    desk.configure(trusted())
    const { id } = await desk.account('grace')
    expect(await enter('grace')).toMatchObject({ accountId: id, authProvider: 'ldap', via: 'ldap' })
    expect((await desk.audit()).at(-1)?.after).toContain('"how":"link"')
    expect(await desk.account('grace')).toMatchObject({ provider: 'ldap', hash: null, pending: 0 })
    expect(await refusal('grace', adaPassword)).toEqual(['SIGN_IN_REFUSED', 'LDAP_USER_PASSWORD'])
    expect(await desk.code('session.changePassword', { current: adaPassword, next: 'x' })).toBe(
      'PASSWORD_NOT_LOCAL',
    )
  })

  it('does not where people may edit their own: an administrator has to confirm', async () => {
    desk.configure(settings('all'))
    expect(await refusal('grace', password('grace'))).toEqual(['SIGN_IN_REFUSED', 'LDAP_IDENTITY_NOT_LINKED'])
    desk.configure(settings('ldap'))
    expect(await refusal('grace', password('grace'))).toEqual(['LINK_PENDING', 'LINK_PENDING'])
    expect(await desk.account('grace')).toMatchObject({ provider: 'local', pending: 1 })
  })

  it('does not where the account has a console role', async () => {
    await change(`INSERT INTO role_grants (account, role, source, granted_at)
      SELECT id, 'helpdesk', 'manual', created_at FROM users WHERE username = 'grace'`)
    desk.configure(trusted())
    expect(await refusal('grace', password('grace'))).toEqual(['SIGN_IN_REFUSED', 'LDAP_IDENTITY_NOT_LINKED'])
    expect((await desk.account('grace')).hash).not.toBeNull()
  })
})
