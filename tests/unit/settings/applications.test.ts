import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'dotenv'
import { loadSettings } from '../../../src-main/core/settings/load-settings'
import { parseSettingsFile } from '../../../src-main/core/settings/settings-file'
import { canonicalName } from '../../../src-main/core/settings/settings-schema'
import { yamlLeaves } from '../../../src-main/core/settings/yaml-leaves'
import { findings } from './load'

const folder = join(import.meta.dirname, '../../fixtures/applications')

function open(name: string) {
  const path = join(folder, name)
  const file = parseSettingsFile(path, readFileSync(path, 'utf8'))
  const { values, ...read } = file
  const sources = { profile: { name: 'default', file: path }, file: values, environment: {}, secrets: {} }
  return { values, settings: loadSettings({ ...sources, ...read }) }
}

const files = ['timetracker.env', 'tududi-single.env', 'tududi-numbered.env', 'pulse.env', 'vikunja.yml']
const unknown: Readonly<Record<string, readonly string[]>> = {
  'timetracker.env': [
    'TZ',
    'CURRENCY',
    'ROUNDING_MINUTES',
    'SINGLE_ACTIVE_TIMER',
    'IDLE_TIMEOUT_MINUTES',
    'UPLOAD_FOLDER',
  ],
  'tududi-single.env': ['PUID', 'PGID'],
}

describe.each(files)('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8')
  const { values, settings } = open(name)

  it('has a sign-in mode, without an error', () => {
    expect(settings.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(settings.method).not.toBeNull()
  })

  it('has no value that is neither a setting nor named in a finding', () => {
    const named = new Set(settings.findings.flatMap(({ setting, written }) => [setting, written]))
    const places = settings.views.map(({ name: setting }) => setting)
    const written = name.endsWith('.yml')
      ? yamlLeaves(text).leaves.map(({ path }) => path.join('.'))
      : Object.keys(parse(text))
    const lost = written.filter((each) => {
      const setting = canonicalName(each)
      return !named.has(each) && (setting === null || !places.includes(setting))
    })
    // What became another setting is known by its place.
    const moved = Object.values(parseSettingsFile(name, text).places).map((place) => place.written)
    expect(lost.filter((each) => !name.endsWith('.yml') || !moved.includes(each))).toEqual([])
    expect(written.length).toBeGreaterThan(10)
  })

  it('has no other unknown names than these', () => {
    const found = settings.findings
      .filter(({ code }) => code === 'CONFIG_UNKNOWN')
      .map(({ setting }) => setting)
    expect(found).toEqual(unknown[name] ?? [])
  })

  it('has every setting that it gives among the views, from the profile', () => {
    for (const each of Object.keys(values)) {
      const setting = canonicalName(each)
      if (setting === null || values[each] === '') continue
      expect(settings.views.find((view) => view.name === setting)).toMatchObject({
        set: true,
        source: 'profile',
      })
    }
  })

  it('shows no secret', () => {
    const shown = JSON.stringify([settings.findings, settings.views])
    expect(shown).not.toMatch(/secret-|reader.{1,3}password|db-password|mail-password/)
  })
})

describe('what they mean', () => {
  it('TimeTracker', () => {
    const { settings } = open('timetracker.env')
    expect(settings).toMatchObject({
      method: 'all',
      adminUsernames: ['admin', 'manager'],
      ldap: {
        servers: [{ host: 'ldap.corp.example', port: 636, encryption: 'ldaps' }],
        requiredGroup: 'timetracker-users',
      },
      oidc: [
        {
          clientId: 'timetracker',
          roleSyncMode: 'additive',
          roleGroupMap: { staff: 'user', chiefs: 'admin' },
        },
      ],
    })
    expect(settings.ldap.bindPassword).toBe('reader $ password')
  })

  it('tududi, single and numbered', () => {
    expect(open('tududi-single.env').settings).toMatchObject({
      method: 'oidc',
      oidc: [{ slug: 'pocketid', redirectUri: 'https://todo.corp.example/api/oidc/callback/pocketid' }],
    })
    expect(open('tududi-numbered.env').settings).toMatchObject({
      method: 'both',
      oidc: [
        { slug: 'google', autoProvision: true, adminEmailDomains: ['corp.example'] },
        { slug: 'okta', autoProvision: false, adminEmailDomains: [] },
      ],
    })
  })

  it('Pulse', () => {
    expect(open('pulse.env').settings).toMatchObject({
      method: 'both',
      hideLocalLogin: true,
      oidc: [{ allowedGroups: ['ops', 'admins'], roleGroupMap: { ops: 'helpdesk', admins: 'admin' } }],
    })
  })

  it('Vikunja', () => {
    const { settings } = open('vikunja.yml')
    expect(settings).toMatchObject({
      method: 'all',
      selfRegister: false,
      oidc: [
        {
          slug: 'keycloak',
          name: 'Corp Keycloak',
          clientSecret: 'client-secret-four',
          scopes: ['openid', 'profile', 'email', 'vikunja_scope'],
          redirectUri: 'https://vikunja.corp.example/auth/openid/keycloak',
          autoProvision: true,
        },
        {
          slug: 'google',
          issuer: 'https://accounts.google.com',
          clientId: '4711.apps.googleusercontent.com',
        },
      ],
      ldap: {
        servers: [{ host: 'ldap.corp.example', port: 636, encryption: 'ldaps' }],
        userBase: 'dc=corp,dc=example',
        userObjectClass: 'inetOrgPerson',
        loginAttribute: 'uid',
        userFilter: '(memberOf=cn=staff,ou=groups,dc=corp,dc=example)',
        allowAnonymous: false,
      },
    })
    expect(findings(settings)).toContain('CONFIG_NO_EFFECT info auth.openid.providers.keycloak.emailfallback')
  })
})
