import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'dotenv'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import type { ApplicationKind, ExportFormat } from '../../../src-main/contract/profiles'
import { exportEntries } from '../../../src-main/core/profiles/export-entries'
import { exportText } from '../../../src-main/core/profiles/export-text'
import { parseEnvFile } from '../../../src-main/core/settings/env-file'
import { loadSettings } from '../../../src-main/core/settings/load-settings'
import { parseSettingsFile, type SettingsFile } from '../../../src-main/core/settings/settings-file'

const folder = join(import.meta.dirname, '../../fixtures/applications')
const open = (name: string) => parseSettingsFile(name, readFileSync(join(folder, name), 'utf8'))
const profile = { name: 'Shop 1', file: '/home/desk/profiles/shop.env' }
const sourcesOf = (file: SettingsFile, environment = {}) => ({
  profile,
  file: file.values,
  environment,
  secrets: {},
  found: file.found,
})

function write(
  file: SettingsFile,
  to: { kind: ApplicationKind; format: ExportFormat; secrets?: 'revealed' },
) {
  const content = exportEntries(sourcesOf(file), to.kind)
  const text = exportText(content, {
    profile: profile.name,
    format: to.format,
    secrets: to.secrets ?? 'placeholders',
  })
  return { text, leftOut: content.leftOut }
}

const files = [
  ['timetracker.env', 'timetracker'],
  ['tududi-single.env', 'tududi'],
  ['tududi-numbered.env', 'tududi'],
  ['pulse.env', 'pulse'],
  ['timetracker.env', 'authdesk'],
  ['tududi-numbered.env', 'authdesk'],
] as const

const secrets = /client-secret-|reader.\$|reader-password/

describe.each(files)('%s in the names of %s', (name, kind) => {
  const file = open(name)

  it('comes back as it was', () => {
    const { text, leftOut } = write(file, { kind, format: 'env', secrets: 'revealed' })
    const before = loadSettings(sourcesOf(file))
    const after = loadSettings(sourcesOf(parseEnvFile(text)))
    expect(leftOut).toEqual([])
    const { method, hideLocalLogin, selfRegister, adminUsernames, ldap, oidc, oidcEnabled } = before
    expect(after).toMatchObject({
      method,
      hideLocalLogin,
      selfRegister,
      adminUsernames,
      ldap,
      oidc,
      oidcEnabled,
    })
  })

  it('has only names that the file has, but for what it says about the mode', () => {
    const { text } = write(file, { kind, format: 'env' })
    const own = Object.keys(file.values)
    expect(Object.keys(parse(text)).filter((each) => !own.includes(each))).toEqual([])
  })

  it('holds no secret unless they are revealed', () => {
    for (const format of ['env', 'compose', 'kubernetes'] as const) {
      expect(write(file, { kind, format }).text).not.toMatch(secrets)
      expect(write(file, { kind, format, secrets: 'revealed' }).text).toMatch(secrets)
    }
  })
})

describe('Vikunja', () => {
  const file = open('vikunja.yml')

  it('comes back from its YAML as it was', () => {
    const { text, leftOut } = write(file, { kind: 'vikunja', format: 'vikunja', secrets: 'revealed' })
    const before = loadSettings(sourcesOf(file))
    const after = loadSettings(sourcesOf(parseSettingsFile('config.yml', text)))
    const { method, selfRegister, ldap, oidc, oidcEnabled } = before
    expect(after).toMatchObject({ method, selfRegister, ldap, oidc, oidcEnabled })
    expect(leftOut).toEqual([])
    expect(parseYaml(text)).toMatchObject({
      auth: { ldap: { enabled: true, port: 636, usetls: true }, local: { enabled: true } },
    })
    expect(write(file, { kind: 'vikunja', format: 'vikunja' }).text).not.toMatch(secrets)
  })

  it('names what it cannot say', () => {
    const text = `LDAP_HOST=l.example\nLDAP_USE_TLS=true\nLDAP_BASE_DN=dc=x\nLDAP_GROUP_DN=ou=groups\nLDAP_REQUIRED_GROUP=staff
OIDC_ENABLED=true\nOIDC_ISSUER=https://id.example\nOIDC_CLIENT_ID=v\nOIDC_AUTO_PROVISION=false
OIDC_REDIRECT_URI=https://v.example/elsewhere`
    const { leftOut } = write(parseEnvFile(text), { kind: 'vikunja', format: 'vikunja' })
    const expected = [
      'LDAP_USE_TLS',
      'LDAP_GROUP_DN',
      'LDAP_REQUIRED_GROUP',
      'OIDC_AUTO_PROVISION',
      'OIDC_REDIRECT_URI',
    ]
    expect(leftOut).toEqual(expected)
  })

  it('gets a place for the client secret that this desk does not have', () => {
    const file = parseEnvFile('OIDC_ENABLED=true\nOIDC_ISSUER=https://id.example\nOIDC_CLIENT_ID=v')
    expect(write(file, { kind: 'vikunja', format: 'vikunja' }).text).toContain('clientsecret: "REPLACE-WITH-')
    expect(write(file, { kind: 'pulse', format: 'env' }).text).not.toContain('SECRET')
  })

  it('has its own names in an environment', () => {
    const { text } = write(file, { kind: 'vikunja', format: 'env' })
    expect(parse(text)).toMatchObject({
      VIKUNJA_AUTH_LDAP_HOST: 'ldap.corp.example',
      VIKUNJA_AUTH_OPENID_PROVIDERS_KEYCLOAK_CLIENTSECRET:
        'REPLACE-WITH-VIKUNJA_AUTH_OPENID_PROVIDERS_KEYCLOAK_CLIENTSECRET',
    })
  })
})

describe('the formats', () => {
  const file = parseEnvFile(
    'AUTH_METHOD=ldap\nLDAP_HOST=l.example\nLDAP_BASE_DN=dc=x\nLDAP_BIND_DN=cn=y,dc=x\nLDAP_BIND_PASSWORD=\'a $b: "c"\'',
  )

  it('Compose doubles the dollar, and takes a secret from the environment', () => {
    const read = (text: string) =>
      (parseYaml(text) as { services: { app: { environment: Record<string, string> } } }).services.app
        .environment
    expect(
      read(write(file, { kind: 'timetracker', format: 'compose', secrets: 'revealed' }).text)[
        'LDAP_BIND_PASSWORD'
      ],
    ).toBe('a $$b: "c"')
    const asked = read(write(file, { kind: 'timetracker', format: 'compose' }).text)
    expect(asked['LDAP_BIND_PASSWORD']).toBe('${LDAP_BIND_PASSWORD:?set LDAP_BIND_PASSWORD}')
    expect(asked['LDAP_PORT']).toBe('389')
  })

  it('Kubernetes gets a Secret of texts with a valid name', () => {
    expect(
      parseYaml(write(file, { kind: 'timetracker', format: 'kubernetes', secrets: 'revealed' }).text),
    ).toMatchObject({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'shop-1-sign-in' },
      stringData: { AUTH_METHOD: 'ldap', LDAP_BIND_PASSWORD: 'a $b: "c"' },
    })
  })
})

describe('what an application has no name for', () => {
  it('is named, not dropped', () => {
    const { text, leftOut } = write(open('timetracker.env'), { kind: 'pulse', format: 'env' })
    expect(leftOut).toContain('LDAP_HOST')
    expect(leftOut).toContain('OIDC_ADMIN_GROUP')
    expect(text).toContain('# Not known to the application: ALLOW_SELF_REGISTER')
  })

  it('counts further providers and servers', () => {
    const { leftOut } = write(open('tududi-numbered.env'), { kind: 'timetracker', format: 'env' })
    expect(leftOut).toContain('OIDC okta')
    const two = parseEnvFile('LDAP_HOST="a.example b.example"')
    expect(write(two, { kind: 'timetracker', format: 'env' }).leftOut).toContain('LDAP_HOST b.example')
  })

  it('the environment of this process is no part of an export', () => {
    const sources = sourcesOf(parseEnvFile('LDAP_TIMEOUT=5'), {
      LDAP_TIMEOUT: '7',
      LDAP_BIND_PASSWORD: 'typed',
    })
    expect(exportEntries(sources, 'authdesk').entries).toEqual([
      { name: 'LDAP_TIMEOUT', value: '5', secret: false },
    ])
  })

  it('a secret that is not there is a placeholder, revealed or not', () => {
    const file = parseEnvFile(
      'AUTH_METHOD=ldap\nLDAP_HOST=l.example\nLDAP_BASE_DN=dc=x\nLDAP_BIND_DN=cn=y,dc=x',
    )
    for (const secrets of [{}, { secrets: 'revealed' as const }])
      expect(parse(write(file, { kind: 'timetracker', format: 'env', ...secrets }).text)).toMatchObject({
        AUTH_METHOD: 'ldap',
        LDAP_BIND_PASSWORD: 'REPLACE-WITH-LDAP_BIND_PASSWORD',
      })
  })

  it('settings that are not valid are not exported', () => {
    expect(() => exportEntries(sourcesOf(parseEnvFile('AUTH_METHOD=magic')), 'pulse')).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error,
    )
  })
})
