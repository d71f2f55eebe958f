import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'dotenv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adopt } from '../../../src-main/core/profiles/adopt'
import { envLine } from '../../../src-main/core/profiles/env-line'
import { recognise } from '../../../src-main/core/profiles/recognise'
import { parseEnvFile } from '../../../src-main/core/settings/env-file'
import { loadSettings } from '../../../src-main/core/settings/load-settings'
import { parseSettingsFile } from '../../../src-main/core/settings/settings-file'

const folder = join(import.meta.dirname, '../../fixtures/applications')
const open = (name: string) => parseSettingsFile(join(folder, name), readFileSync(join(folder, name), 'utf8'))

const files = [
  ['timetracker.env', 'timetracker'],
  ['tududi-single.env', 'tududi'],
  ['tududi-numbered.env', 'tududi'],
  ['pulse.env', 'pulse'],
  ['vikunja.yml', 'vikunja'],
] as const

describe.each(files)('%s', (name, kind) => {
  const file = open(name)
  const path = join(folder, name)
  const adopted = adopt(file, { path, kind })
  const sources = {
    profile: { name: 'shop', file: '/home/desk/profiles/shop.env' },
    environment: {},
    found: [],
  }

  it('is recognised', () => expect(recognise(file.values, path)).toBe(kind))

  it('gives a profile without any secret, and loses no name', () => {
    expect(adopted.text).not.toMatch(
      /secret-|password'|-password|5d41402a|9f86d081|2c26b46b|proxy-secret|\$2a/,
    )
    const { length } = Object.keys(file.values).filter(
      (each) => file.values[each] !== '' || adopted.taken.includes(each),
    )
    expect(adopted.taken.length + adopted.leftOut.length + Object.keys(adopted.secrets).length).toBe(length)
  })

  it('means what the file meant', () => {
    const before = loadSettings({ ...sources, file: file.values, secrets: {} })
    const { values } = parseEnvFile(adopted.text)
    const after = loadSettings({ ...sources, file: values, secrets: adopted.secrets })
    const { findings: told, views, ...meaning } = before
    expect(told.length).toBeGreaterThan(0)
    expect(after.views).toHaveLength(views.length)
    expect(after).toMatchObject(meaning)
    expect(recognise(values, null)).toBe(kind)
  })
})

describe('a file from elsewhere', () => {
  const adoptText = (text: string) => adopt(parseEnvFile(text), { path: '/srv/app/.env', kind: 'authdesk' })

  it('keeps its relative paths', () => {
    const { text } = adoptText('OIDC_CA_BUNDLE=ca.pem\nLDAP_TLS_CA_CERT_FILE=/etc/ca.pem')
    expect(parse(text)).toEqual({ OIDC_CA_BUNDLE: '/srv/app/ca.pem', LDAP_TLS_CA_CERT_FILE: '/etc/ca.pem' })
  })

  it('leaves a password in an address behind', () => {
    const { text, leftOut } = adoptText('BASE_URL=https://ada:hunter2@app.example\nAUTH_METHOD=local')
    expect(text).not.toContain('hunter2')
    expect(leftOut.map(({ name }) => name)).toEqual(['BASE_URL'])
  })
})

describe('envLine', () => {
  it('is read back as it was, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const given = value.replaceAll('\r', '')
        let line: string
        try {
          line = envLine('NAME', given)
        } catch {
          return
        }
        expect(parse(`A=1\n${line}\nB=2`)).toEqual({ A: '1', NAME: given, B: '2' })
      }),
    )
  })

  it.each(['a b', "it's", 'say "x"', '# no comment', '$HOME', 'back\\slash\\', ' spaces ', '{"a":"b"}', 'é'])(
    '%s',
    (value) => {
      expect(parse(envLine('NAME', value))).toEqual({ NAME: value })
    },
  )

  it('refuses what no quote can hold', () => {
    expect(() => envLine('NAME', `'"\` `)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error,
    )
  })
})

describe('recognise', () => {
  it.each([
    [{ AUTHDESK_APPLICATION: ' Pulse ', LDAP_HOST: 'x' }, 'pulse'],
    [{}, 'authdesk'],
    [{ OIDC_ISSUER_URL: 'x' }, 'authdesk'],
    [{ OIDC_ISSUER_URL: 'x', PASSWORD_AUTH_ENABLED: 'true' }, 'tududi'],
    [{ LDAP_HOST: 'x', AUTH_METHOD: 'ldap' }, 'timetracker'],
    [{ LDAP_HOST: 'x', LDAP_HELPDESK_GROUP: 'desk' }, 'authdesk'],
    [{ AUTH_METHOD: 'local' }, 'authdesk'],
  ])('%j → %s', (values, kind) => expect(recognise(values as Record<string, string>, null)).toBe(kind))
})
