import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { draftLadderSchema } from '../../../src-main/contract/ldap'
import { oidcContract } from '../../../src-main/contract/oidc'
import { draftViewSchema, settingsContract } from '../../../src-main/contract/settings'
import { agree, startFakeDirectory, type FakeDirectory } from '../../support/ldap-fake'
import { startFake, type FakeProvider } from '../../support/oidc-fake'
import {
  adaPassword,
  rootPassword,
  startPeopledConsole,
  type Console,
  type InProfile,
} from '../sign-in/console'

let desk: Console
const ends: (() => Promise<void>)[] = []
async function start(settings: string | InProfile): Promise<Console> {
  desk = await startPeopledConsole(settings)
  await desk.signIn('root', rootPassword)
  return desk
}
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  await desk.close()
})

interface Draft {
  readonly profile?: string | null
  readonly changes?: Readonly<Record<string, string | null>>
  readonly secrets?: Readonly<Record<string, string | null>>
}
const draftOf = ({ profile = null, changes = {}, secrets = {} }: Draft) => ({ profile, changes, secrets })
async function look({ secrets = {}, ...draft }: Draft = {}) {
  const { profile, changes } = draftOf(draft)
  const typed = Object.keys(secrets)
  return draftViewSchema.parse(await desk.value('settings.draft', { profile, changes, typed }))
}
async function save(draft: Draft, revision?: string) {
  const input = {
    draft: draftOf(draft),
    revision: revision ?? (await look({ profile: draft.profile ?? null })).revision,
  }
  return settingsContract.save.output.parse(await desk.value('settings.save', input))
}
const refusal = (saving: Promise<unknown>) =>
  saving.then(
    () => 'OK',
    (error: unknown) => z.object({ code: z.string(), message: z.string() }).parse(error),
  )
const file = () => join(desk.folder, 'home/profiles/default.env')
const text = () => readFileSync(file(), 'utf8')

const secret = 'correct-horse-of-the-reader'
function directorySettings(port: number): string {
  return `# Our directory
AUTH_METHOD=local
LDAP_HOST=127.0.0.1
LDAP_PORT=${port} # the main one
LDAP_BASE_DN=dc=example,dc=test
LDAP_BIND_DN=cn=reader,dc=example,dc=test
LDAP_TIMEOUT=2
UNKNOWN_LINE=stays`
}
async function directory(): Promise<FakeDirectory> {
  const fake = await startFakeDirectory({ reply: agree })
  ends.push(fake.stop)
  return fake
}
const testLdap = async (draft: Draft) =>
  draftLadderSchema.parse(await desk.value('ldap.testDraft', { runId: 'run', draft: draftOf(draft) }))
const stageOf = (stages: readonly { id: string; status: string; code: string | null }[], id: string) => {
  const stage = stages.find((each) => each.id === id)
  return `${stage?.status ?? 'absent'} ${stage?.code ?? '-'}`
}

describe('testing a draft', () => {
  it('sends a stored password nowhere but to the server it was saved for', async () => {
    const [own, other] = [await directory(), await directory()]
    await start({ profile: directorySettings(own.port) })
    await save({ secrets: { LDAP_BIND_PASSWORD: secret } })
    const saved = await testLdap({ changes: { LDAP_USER_DN: 'ou=people' } })
    expect(stageOf(saved.stages, 'bind')).toBe('passed -')
    expect(own.plain().includes(secret)).toBe(true)

    const moved = await testLdap({ changes: { LDAP_PORT: String(other.port) } })
    expect(stageOf(moved.stages, 'tcp')).toBe('passed -')
    expect(stageOf(moved.stages, 'bind')).toBe('failed SECRET_REQUIRED')
    expect(other.connections()).toBeGreaterThan(0)
    expect(other.plain().includes(secret)).toBe(false)
    expect(other.requests.filter(({ kind }) => kind === 'bind')).toEqual([])

    const typed = {
      changes: { LDAP_PORT: String(other.port) },
      secrets: { LDAP_BIND_PASSWORD: 'typed-again' },
    }
    expect(stageOf((await testLdap(typed)).stages, 'bind')).toBe('passed -')
    expect(other.plain().includes('typed-again')).toBe(true)
  })

  it('sends no client secret to another issuer', async () => {
    const [own, other]: FakeProvider[] = [await startFake(), await startFake()]
    ends.push(...[own, other].map((fake) => () => fake?.stop() ?? Promise.resolve()))
    const { issuer } = z.object({ issuer: z.string() }).parse(other)
    await start({
      profile: `AUTH_METHOD=both\nOIDC_ISSUER=${own?.issuer ?? ''}\nOIDC_CLIENT_ID=${own?.clientId ?? ''}`,
    })
    await save({ secrets: { OIDC_CLIENT_SECRET: secret } })
    const test = async (draft: Draft) => {
      const input = { runId: 'run', provider: null, draft: draftOf(draft) }
      const { providers } = oidcContract.testDraft.output.parse(await desk.value('oidc.testDraft', input))
      return stageOf(providers[0]?.stages ?? [], 'client')
    }
    expect(await test({ changes: { OIDC_SCOPES: 'openid' } })).not.toContain('SECRET_REQUIRED')
    expect(own?.tokenForms.length).toBeGreaterThan(0)
    expect(await test({ changes: { OIDC_ISSUER: issuer } })).toBe('failed SECRET_REQUIRED')
    expect(other?.requests.length).toBeGreaterThan(0)
    expect(other?.tokenForms).toEqual([])
  })

  it('gives a result that belongs to exactly that draft', async () => {
    const own = await directory()
    await start({ profile: directorySettings(own.port) })
    await save({ secrets: { LDAP_BIND_PASSWORD: secret } })
    const change = { changes: { LDAP_TIMEOUT: '3' } }
    const first = await testLdap(change)
    expect((await testLdap({ changes: { LDAP_TIMEOUT: ' 3 ' } })).draft).toBe(first.draft)
    for (const other of [
      {},
      { changes: { LDAP_TIMEOUT: '4' } },
      { ...change, secrets: { LDAP_BIND_PASSWORD: 'x' } },
      { ...change, secrets: { LDAP_BIND_PASSWORD: 'y' } },
    ])
      expect((await testLdap(other)).draft, JSON.stringify(other)).not.toBe(first.draft)
    expect((await save({ changes: { LDAP_TIMEOUT: '5' } })).tested).toBe('untested')
    await testLdap({ changes: { LDAP_TIMEOUT: '6' } })
    expect((await save({ changes: { LDAP_TIMEOUT: '6' } })).tested).toBe('failed')
  })

  it('is for administrators: others test what is saved', async () => {
    await start({ profile: 'AUTH_METHOD=local' })
    await desk.addPerson('grace', { role: 'helpdesk' })
    await desk.signOut()
    await desk.signIn('grace', adaPassword)
    const draft = draftOf({})
    expect(await desk.code('ldap.testDraft', { runId: 'run', draft })).toBe('FORBIDDEN')
    expect(await desk.code('oidc.testDraft', { runId: 'run', draft })).toBe('FORBIDDEN')
    expect(await desk.code('settings.draft', { profile: null, changes: {}, typed: [] })).toBe('FORBIDDEN')
    expect(await desk.code('settings.save', { draft, revision: '' })).toBe('FORBIDDEN')
  })
})

describe('saving a draft', () => {
  it('keeps the file’s comments, order and unknown lines; secrets go into the store; it counts at once', async () => {
    await start({ profile: `${directorySettings(636)}\nLDAP_BIND_PASSWORD=in-the-file` })
    const saved = await save({
      changes: { LDAP_PORT: '1636', LDAP_TIMEOUT: null, LDAP_USER_DN: 'ou=people' },
      secrets: { LDAP_BIND_PASSWORD: secret },
    })
    expect(saved.changed).toEqual(['LDAP_PORT', 'LDAP_TIMEOUT', 'LDAP_USER_DN', 'LDAP_BIND_PASSWORD'])
    expect(text()).toBe(
      `${directorySettings(1636).replace('LDAP_TIMEOUT=2\n', '')}\nLDAP_USER_DN='ou=people'\n`.replaceAll(
        "'",
        '',
      ),
    )
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(desk.homeText()).not.toContain(secret)
    const { settings } = await look()
    expect(settings.find(({ name }) => name === 'LDAP_PORT')?.value).toBe('1636')
    expect(settings.find(({ name }) => name === 'LDAP_BIND_PASSWORD')).toMatchObject({
      set: true,
      value: null,
    })
  })

  it('is audited with before and after, and without a secret', async () => {
    await start({ profile: 'AUTH_METHOD=local' })
    await save({
      changes: { AUTH_METHOD: 'local', PASSWORD_MIN_LENGTH: '14' },
      secrets: { OIDC_CLIENT_SECRET: secret },
    })
    const record = (await desk.audit()).find(({ action }) => action === 'settings.save')
    expect(record).toMatchObject({ code: 'OK', target: 'default' })
    expect(JSON.parse(record?.before ?? '')).toEqual({ PASSWORD_MIN_LENGTH: null })
    expect(JSON.parse(record?.after ?? '')).toEqual({
      PASSWORD_MIN_LENGTH: '14',
      newSecrets: ['OIDC_CLIENT_SECRET'],
      removedSecrets: [],
      tested: 'untested',
    })
    expect(JSON.stringify(await desk.audit())).not.toContain(secret)
  })

  it('refuses what is not valid, and writes nothing of it', async () => {
    await start({ profile: 'AUTH_METHOD=local' })
    const before = text()
    expect(
      await refusal(save({ changes: { AUTH_METHOD: 'ldap' }, secrets: { LDAP_BIND_PASSWORD: secret } })),
    ).toMatchObject({ code: 'CONFIG_INVALID' })
    expect(await refusal(save({ changes: { PASSWORD_MIN_LENGTH: 'many' } }))).toMatchObject({
      code: 'CONFIG_INVALID',
    })
    expect(text()).toBe(before)
    expect((await look()).settings.find(({ name }) => name === 'LDAP_BIND_PASSWORD')?.set).toBe(false)
  })

  it('refuses to let a stored secret follow a changed endpoint', async () => {
    await start({ profile: directorySettings(636) })
    await save({ secrets: { LDAP_BIND_PASSWORD: secret } })
    const changes = { LDAP_HOST: 'other.example.test', LDAP_USE_SSL: 'true' }
    expect((await look({ changes })).retype).toEqual(['LDAP_BIND_PASSWORD'])
    expect(await refusal(save({ changes }))).toMatchObject({ code: 'SECRET_REQUIRED' })
    expect(await refusal(save({ changes, secrets: { LDAP_BIND_PASSWORD: 'typed' } }))).toBe('OK')
  })

  it('refuses a draft of a file that has changed since', async () => {
    await start({ profile: 'AUTH_METHOD=local' })
    const { revision } = await look()
    writeFileSync(file(), 'AUTH_METHOD=local\nSESSION_MAX_HOURS=4\n', { mode: 0o600 })
    expect(await refusal(save({ changes: { PASSWORD_MIN_LENGTH: '14' } }, revision))).toMatchObject({
      code: 'CONFLICT',
    })
    expect(text()).not.toContain('PASSWORD_MIN_LENGTH')
  })

  it('cannot save what the environment says, and says so', async () => {
    await start({
      profile: 'AUTH_METHOD=local',
      environment: { PASSWORD_MIN_LENGTH: '16', OIDC_CLIENT_SECRET: 'env' },
    })
    expect((await look()).locked).toEqual(['PASSWORD_MIN_LENGTH', 'OIDC_CLIENT_SECRET'])
    for (const draft of [
      { changes: { PASSWORD_MIN_LENGTH: '14' } },
      { secrets: { OIDC_CLIENT_SECRET: 'x' } },
    ]) {
      const found = await refusal(save(draft))
      expect(found).toMatchObject({ code: 'INVALID_INPUT' })
      expect(JSON.stringify(found)).toContain('is set by the process environment')
    }
  })

  it('refuses a file that was only opened', async () => {
    await start('AUTH_METHOD=local')
    expect((await look()).writable).toBe(false)
    expect(await refusal(save({ changes: { PASSWORD_MIN_LENGTH: '14' } }))).toMatchObject({
      code: 'CONFLICT',
    })
  })

  it('is refused where no enabled local administrator with a password is left; another profile decides nothing here', async () => {
    await start({ profile: 'AUTH_METHOD=both\nOIDC_ISSUER=https://id.example.test\nOIDC_CLIENT_ID=desk' })
    await desk.value('profiles.copy', { from: 'default', to: 'shop' })
    const database = await desk.database()
    await database.transaction(async (tx) => {
      await database.run(tx, {
        sql: `UPDATE users SET auth_provider = 'oidc', password_hash = NULL WHERE username = 'root'`,
      })
      await database.run(tx, {
        sql: `INSERT INTO identities (account, kind, issuer, subject)
          SELECT id, 'oidc', 'https://id.example.test', 's1' FROM users WHERE username = 'root'`,
      })
    })
    const before = text()
    expect(await refusal(save({ changes: { AUTH_METHOD: 'local' } }))).toMatchObject({ code: 'LAST_ADMIN' })
    expect(await refusal(save({ changes: { OIDC_ISSUER: 'https://new.example.test' } }))).toMatchObject({
      code: 'LAST_ADMIN',
    })
    expect(text()).toBe(before)
    // Who depends on the provider could repair nothing once it fails.
    const same = await refusal(save({ changes: { PASSWORD_MIN_LENGTH: '14' } }))
    expect(same).toMatchObject({ code: 'LAST_ADMIN' })
    expect(JSON.stringify(same)).toContain('local administrator')
    expect(await refusal(save({ profile: 'shop', changes: { AUTH_METHOD: 'local' } }))).toBe('OK')
    await desk.cliValue('users.create', {
      ...{
        username: 'grace',
        email: 'grace@example.test',
        fullName: null,
        password: adaPassword,
        role: 'admin',
      },
    })
    expect(await refusal(save({ changes: { AUTH_METHOD: 'oidc' } }))).toBe('OK')
    await database.transaction((tx) =>
      database.run(tx, {
        sql: `UPDATE users SET password_expires_at = '2020-01-01T00:00:00.000Z' WHERE username = 'grace'`,
      }),
    )
    expect(await refusal(save({ changes: { AUTH_METHOD: 'both' } }))).toMatchObject({ code: 'LAST_ADMIN' })
  })
})
