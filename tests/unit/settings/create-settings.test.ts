import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SecretStore } from '../../../src-main/core/app/ports'
import { createSettings, type SettingsDeps } from '../../../src-main/core/settings/create-settings'

let folder: string
let profiles: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'authdesk-settings-'))
  profiles = join(folder, 'profiles')
  mkdirSync(profiles)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function secretsOf(values: Record<string, string>): SecretStore {
  const memory = new Map(Object.entries(values))
  return {
    kind: 'memory',
    get: (key) => Promise.resolve(memory.get(key) ?? null),
    set: (key, value) => Promise.resolve(void memory.set(key, value)),
    remove: (key) => Promise.resolve(void memory.delete(key)),
  }
}

function room(other: Partial<SettingsDeps> = {}) {
  return createSettings({
    home: { profiles },
    profile: null,
    envFile: null,
    environment: {},
    secrets: secretsOf({}),
    ...other,
  })
}
function profile(name: string, text: string): string {
  const file = join(profiles, name)
  writeFileSync(file, text, { mode: 0o600 })
  return file
}
const codes = async (settings: ReturnType<typeof room>) =>
  (await settings.check()).findings.map(({ code, severity }) => `${code} ${severity}`)

describe('the governing profile', () => {
  it('is default, and may have no file yet', async () => {
    const settings = await room().current()
    expect(settings.profile).toEqual({ name: 'default', production: false, file: null })
    expect(settings.method).toBe('local')
  })

  it('is the one that profiles/governs names', async () => {
    const file = profile('shop.env', 'AUTHDESK_PRODUCTION=true')
    writeFileSync(join(profiles, 'governs'), 'shop\n')
    expect((await room().current()).profile).toEqual({ name: 'shop', production: true, file })
  })

  it('must exist once it is named', async () => {
    writeFileSync(join(profiles, 'governs'), 'shop')
    expect((await room().current()).method).toBeNull()
    expect(await codes(room())).toEqual(['CONFIG_MISSING error'])
  })

  it('cannot be a path', async () => {
    writeFileSync(join(profiles, 'governs'), '../../etc/passwd')
    expect(await codes(room())).toContain('CONFIG_INVALID error')
  })

  it('cannot be asked for by a path', async () => {
    writeFileSync(join(folder, 'outside.env'), 'LDAP_TIMEOUT=5', { mode: 0o600 })
    const settings = room({ profile: '../outside' })
    expect((await settings.current()).ldap.timeout).toBe(10)
    expect(await codes(settings)).toEqual(['CONFIG_INVALID error'])
  })

  it('alone is changed by the environment', async () => {
    profile('default.env', 'LDAP_TIMEOUT=5')
    profile('other.env', 'LDAP_TIMEOUT=6')
    const environment = { LDAP_TIMEOUT: '7' }
    expect((await room({ environment }).current()).ldap.timeout).toBe(7)
    expect((await room({ environment, profile: 'default' }).current()).ldap.timeout).toBe(7)
    expect((await room({ environment, profile: 'other' }).current()).ldap.timeout).toBe(6)
  })
})

describe('an examined profile', () => {
  it('is read from its own file, without the environment, and changes nothing for the governing one', async () => {
    profile('default.env', 'LDAP_TIMEOUT=5')
    profile('other.env', 'LDAP_TIMEOUT=6')
    const settings = room({ environment: { LDAP_TIMEOUT: '7' } })
    expect((await settings.current('other')).ldap.timeout).toBe(6)
    expect((await settings.current()).ldap.timeout).toBe(7)
    expect((await settings.current('default')).ldap.timeout).toBe(7)
    expect((await settings.asGoverning('other')).ldap.timeout).toBe(7)
    profile('other.env', 'LDAP_TIMEOUT=16')
    expect((await settings.current('other')).ldap.timeout).toBe(16)
  })

  it('has its own file and secrets beside a console that was started with --env-file', async () => {
    const envFile = join(folder, 'app.env')
    writeFileSync(envFile, 'LDAP_TIMEOUT=9', { mode: 0o600 })
    profile('other.env', 'LDAP_TIMEOUT=6')
    const secrets = secretsOf({
      'other/LDAP_BIND_PASSWORD': 'of other',
      'default/LDAP_BIND_PASSWORD': 'stored',
    })
    const settings = room({ envFile, secrets })
    expect((await settings.current('other')).ldap).toMatchObject({ timeout: 6, bindPassword: 'of other' })
    expect((await settings.current('default')).ldap).toMatchObject({ timeout: 9, bindPassword: null })
  })
})

describe('--env-file', () => {
  it('takes the profile file’s place', async () => {
    profile('default.env', 'LDAP_TIMEOUT=5')
    const envFile = join(folder, 'app.env')
    writeFileSync(envFile, 'LDAP_PAGE_SIZE=50', { mode: 0o600 })
    const settings = await room({ envFile }).current()
    expect(settings.ldap).toMatchObject({ timeout: 10, pageSize: 50 })
    expect(settings.profile.file).toBe(envFile)
  })

  it('must exist', async () => {
    expect(await codes(room({ envFile: join(folder, 'absent.env') }))).toEqual(['CONFIG_MISSING error'])
  })

  it('must be a file', async () => {
    expect(await codes(room({ envFile: folder }))).toContain('CONFIG_INVALID error')
  })

  it('never gets the secrets that were stored for the profile', async () => {
    profile('default.env', '')
    const envFile = join(folder, 'app.env')
    writeFileSync(envFile, 'LDAP_HOST=evil.example', { mode: 0o600 })
    const secrets = secretsOf({ 'default/LDAP_BIND_PASSWORD': 'stored' })
    expect((await room({ secrets }).current()).ldap.bindPassword).toBe('stored')
    expect((await room({ secrets, envFile }).current()).ldap.bindPassword).toBeNull()
  })
})

describe('what changes is seen without a restart', () => {
  it('the file', async () => {
    const settings = room()
    profile('default.env', 'LDAP_TIMEOUT=5')
    const first = await settings.current()
    expect(await settings.current()).toBe(first)
    profile('default.env', 'LDAP_TIMEOUT=15')
    expect((await settings.current()).ldap.timeout).toBe(15)
    rmSync(join(profiles, 'default.env'))
    expect((await settings.current()).ldap.timeout).toBe(10)
  })

  it('a stored secret, under the profile’s name', async () => {
    profile('shop.env', 'OIDC_PROVIDER_1_ISSUER=https://id.example.org')
    const secrets = secretsOf({ 'default/OIDC_PROVIDER_1_CLIENT_SECRET': 'another profile’s' })
    const settings = room({ secrets, profile: 'shop' })
    expect((await settings.current()).oidc[0]?.clientSecret).toBeNull()
    await secrets.set('shop/OIDC_PROVIDER_1_CLIENT_SECRET', 'typed')
    expect((await settings.current()).oidc[0]?.clientSecret).toBe('typed')
  })
})

describe('the file’s mode', () => {
  it.skipIf(process.platform === 'win32').each([
    [0o600, []],
    [0o640, ['CONFIG_FILE_READABLE warning']],
    [0o604, ['CONFIG_FILE_READABLE warning']],
  ])('%o', async (mode, expected) => {
    chmodSync(profile('default.env', ''), mode)
    expect(await codes(room())).toEqual(expected)
  })
})

it('a file that is too large to be settings is refused', async () => {
  profile('default.env', `A=${'x'.repeat(1_000_001)}`)
  expect(await codes(room())).toContain('CONFIG_INVALID error')
})
