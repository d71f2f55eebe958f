import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTexts } from '../../../src-main/core/app/texts'
import { secretNames } from '../../../src-main/core/settings/create-settings'
import { meaningOf } from '../../../src-main/core/settings/draft'
import { endpointOf, mustRetype } from '../../../src-main/core/settings/endpoint'
import { parseEnvFile } from '../../../src-main/core/settings/env-file'
import { isSecret, numberedEntries, settingEntries } from '../../../src-main/core/settings/settings-schema'
import type { SettingsSources } from '../../../src-main/core/settings/sources'

const file = `AUTH_METHOD=ldap
LDAP_HOST=ldap.example.org
LDAP_USE_SSL=true
LDAP_BASE_DN=dc=example,dc=org
LDAP_BIND_DN=cn=reader,dc=example,dc=org
OIDC_ISSUER_URL=https://id.example.org
OIDC_CLIENT_ID=desk
`
function sources(change: Partial<SettingsSources> = {}): SettingsSources {
  return {
    profile: { name: 'default', file: '/home/desk/profiles/default.env' },
    ...{ file: parseEnvFile(file).values, environment: {}, found: [] },
    secrets: { LDAP_BIND_PASSWORD: 'for ldap.example.org', OIDC_CLIENT_SECRET: 'for id.example.org' },
    ...change,
  }
}
const meaning = (
  changes: Record<string, string | null>,
  secrets: Record<string, string | null> = {},
  from = sources(),
) => meaningOf(from, { profile: null, changes, secrets }, createTexts())
const allNames = [
  ...settingEntries,
  ...numberedEntries.map(([field, setting]) => [`OIDC_PROVIDER_2_${field}`, setting] as const),
]
const plain = allNames.flatMap(([name, setting]) => (isSecret(setting) ? [] : [name]))
const secrets = allNames.flatMap(([name, setting]) => (isSecret(setting) ? [name] : []))

/** Written out: what a change of these means is law (policy.md, Settings). */
const endpoints: Readonly<Record<string, readonly string[]>> = {
  AUTHDESK_APP_DB_PASSWORD: ['AUTHDESK_APP_DB'],
  LDAP_BIND_PASSWORD: [
    ...['LDAP_HOST', 'LDAP_PORT', 'LDAP_USE_SSL', 'LDAP_USE_TLS', 'LDAP_ALLOW_PLAINTEXT'],
    ...['LDAP_TLS_CA_CERT_FILE', 'LDAP_TLS_SERVER_NAME', 'LDAP_BIND_DN'],
  ],
  OIDC_CLIENT_SECRET: ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CA_BUNDLE'],
  OIDC_PROVIDER_2_CLIENT_SECRET: [
    ...['OIDC_PROVIDER_2_ISSUER', 'OIDC_PROVIDER_2_CLIENT_ID', 'OIDC_PROVIDER_2_CA_BUNDLE'],
    'OIDC_CA_BUNDLE',
  ],
}

describe('a stored secret', () => {
  it('has an endpoint, whichever it is', () => {
    expect(secrets.toSorted()).toEqual(Object.keys(endpoints).toSorted())
    for (const secret of secrets) expect(endpointOf(secret).every((name) => plain.includes(name))).toBe(true)
  })

  it('must be typed again exactly where its endpoint changes, alone or among other changes', () => {
    for (const secret of secrets)
      for (const name of plain)
        expect(mustRetype(secret, new Set([name])), `${secret} ${name}`).toBe(
          endpoints[secret]?.includes(name),
        )
    fc.assert(
      fc.property(fc.constantFrom(...secrets), fc.subarray(plain), (secret, changed) => {
        const touched = changed.some((name) => endpoints[secret]?.includes(name))
        return mustRetype(secret, new Set(changed)) === touched
      }),
    )
  })

  it('does not follow to another endpoint, from wherever it comes', () => {
    const places: readonly Partial<SettingsSources>[] = [
      {},
      { secrets: {}, file: parseEnvFile(`${file}LDAP_BIND_PASSWORD=in the file`).values },
      { secrets: {}, environment: { LDAP_BIND_PASSWORD: 'in the environment' } },
    ]
    for (const place of places) {
      const { settings, retype } = meaning({ LDAP_HOST: 'evil.example' }, {}, sources(place))
      expect(retype).toEqual(['LDAP_BIND_PASSWORD'])
      expect(settings.ldap).toMatchObject({ bindPassword: null, bindPasswordWithheld: true })
      expect(JSON.stringify(settings)).not.toMatch(/in the|for ldap/)
    }
  })

  it('is withheld from another issuer, which has an alias in the file', () => {
    const { settings, retype } = meaning({ OIDC_ISSUER: 'https://evil.example' })
    expect(retype).toEqual(['OIDC_CLIENT_SECRET'])
    expect(settings.oidc[0]).toMatchObject({ issuer: 'https://evil.example', clientSecret: null })
    expect(settings.oidc[0]?.clientSecretWithheld).toBe(true)
    expect(settings.ldap.bindPassword).toBe('for ldap.example.org')
  })

  it('stays where nothing of its endpoint really changes', () => {
    const { settings, retype, changes } = meaning({
      LDAP_HOST: ' ldap.example.org ',
      LDAP_USER_DN: 'ou=people',
      OIDC_ISSUER: 'https://id.example.org',
    })
    expect([retype, changes]).toEqual([[], { LDAP_USER_DN: 'ou=people' }])
    expect(settings.ldap.bindPassword).toBe('for ldap.example.org')
  })

  it('gives way to the typed one, and to its removal', () => {
    const typed = meaning({ LDAP_HOST: 'new.example' }, { LDAP_BIND_PASSWORD: 'typed' })
    expect([typed.retype, typed.settings.ldap.bindPassword]).toEqual([[], 'typed'])
    const removed = meaning({ OIDC_CLIENT_ID: 'public' }, { OIDC_CLIENT_SECRET: null })
    expect([removed.retype, removed.settings.oidc[0]?.clientSecret]).toEqual([[], null])
  })
})

describe('a draft', () => {
  it('is judged like saved settings', () => {
    const { settings } = meaning({ LDAP_BASE_DN: 'no dn', LDAP_BIND_DN: null })
    expect(settings.method).toBeNull()
    expect(settings.findings.map(({ code, setting }) => `${code} ${setting ?? ''}`)).toEqual([
      'LDAP_DN_SYNTAX LDAP_BASE_DN',
      'CONFIG_MISSING LDAP_BIND_DN',
      'SECRET_REQUIRED LDAP_BIND_PASSWORD',
    ])
  })

  it('takes an empty text for a value only where it is one', () => {
    const { changes } = meaning({ LDAP_USER_DN: '', LDAP_BASE_DN: ' ' })
    expect(changes).toEqual({ LDAP_USER_DN: '', LDAP_BASE_DN: null })
  })

  it('cannot change what the environment says, nor what there is not', () => {
    const from = sources({ environment: { LDAP_HOST: 'env.example' } })
    expect(() => meaning({ LDAP_HOST: 'x.example' }, {}, from)).toThrow('settingLocked')
    expect(meaning({ LDAP_HOST: 'env.example' }, {}, from)).toMatchObject({
      changes: {},
      locked: ['LDAP_HOST'],
    })
    for (const name of ['LDAP_HOTS', 'OIDC_ISSUER_URL', 'LDAP_BIND_PASSWORD', '__proto__'])
      expect(() => meaning(Object.fromEntries([[name, 'x']])), name).toThrow('settingUnknown')
    expect(() => meaning({}, { LDAP_HOST: 'x' })).toThrow('settingUnknown')
  })

  it('knows the secrets that the settings at hand can have', () => {
    expect(secretNames(['OIDC_PROVIDER_2_ISSUER']).toSorted()).toEqual(secrets.toSorted())
  })
})
