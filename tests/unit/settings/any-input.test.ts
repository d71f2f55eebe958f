import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseEnvFile } from '../../../src-main/core/settings/env-file'
import { loadSettings } from '../../../src-main/core/settings/load-settings'
import { canonicalName, knownNames } from '../../../src-main/core/settings/settings-schema'

const name = fc.oneof(
  fc.constantFrom(...knownNames),
  fc.constantFrom(
    'OIDC_PROVIDER_1_NAME',
    'OIDC_PROVIDER_1_ISSUER',
    'OIDC_PROVIDER_3_SLUG',
    'OIDC_PROVIDER_99999_NAME',
  ),
  fc.constantFrom('constructor', '__proto__', 'toString', 'SECRET_KEY', 'LDAP_', 'OIDC_PROVIDER_0_NAME'),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,20}$/),
)
const likely = fc.constantFrom(
  'true',
  'no',
  '389',
  'ldaps://a:1',
  'dc=x',
  '{}',
  '["a"]',
  'http://[::1]:1/x',
  'all',
  '(a=b)',
)
const value = fc.oneof(
  likely,
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', '$t(codes)', '{{name}}'),
)
const record = fc.dictionary(name, value)

function sources(file: Record<string, string>, environment: Record<string, string>) {
  return { profile: { name: 'default', file: '/p/default.env' }, file, environment, secrets: {}, found: [] }
}

it('never throws, and every name of the file ends in the views or in a finding', () => {
  fc.assert(
    fc.property(record, record, (file, environment) => {
      const settings = loadSettings(sources(file, environment))
      const viewed = new Set(settings.views.map((view) => view.name))
      const judged = new Set(settings.findings.map((finding) => finding.setting))
      for (const [written, text] of Object.entries(file)) {
        const known = canonicalName(written)
        const seen = known === null ? judged.has(written) : viewed.has(known) || text.trim() === ''
        expect({ written, seen }).toEqual({ written, seen: true })
      }
      expect(settings.method === null).toBe(settings.findings.some(({ severity }) => severity === 'error'))
    }),
    { numRuns: 400 },
  )
})

it('never throws on any text of a file', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { values, found } = parseEnvFile(text)
      loadSettings({ ...sources({ ...values }, {}), found })
    }),
    { numRuns: 300 },
  )
})

it('no secret reaches a view or a finding', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{24}$/), fc.boolean(), (secret, inFile) => {
      const given = {
        LDAP_BIND_PASSWORD: secret,
        OIDC_CLIENT_SECRET: secret,
        OIDC_PROVIDER_1_CLIENT_SECRET: secret,
      }
      const settings = loadSettings(inFile ? sources(given, {}) : sources({}, given))
      expect(JSON.stringify([settings.views, settings.findings])).not.toContain(secret)
      expect(settings.ldap.bindPassword).toBe(secret)
    }),
  )
})
