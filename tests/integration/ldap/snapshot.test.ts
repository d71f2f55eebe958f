import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LdapSettings } from '../../../src-main/core/app/ports'
import { textsOf, type Entry } from '../../../src-main/core/ldap/entry'
import { createLdapExplain, type ExplainedPerson } from '../../../src-main/core/ldap/explain-person'
import { readLdif } from '../../../src-main/core/ldap/ldif'
import { createSaveSnapshot, type SnapshotRun } from '../../../src-main/core/ldap/snapshot/save-snapshot'
import { loadSettings } from '../../../src-main/core/settings/load-settings'
import { canary, canarySchema, shown, withCanaries } from '../../support/directory-canaries'
import { ldapSettings, quietLogger } from '../../support/ldap-settings'
import { startSlapd, type Slapd } from '../../support/slapd'
import { seedLdif } from '../../support/slapd-seed'

let slapd: Slapd
let folder: string
let settings: LdapSettings
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'authdesk-snapshot-'))
  slapd = await startSlapd({
    tls: 'none',
    ldif: withCanaries(seedLdif()),
    globalConfig: canarySchema,
    databaseConfig: shown,
  })
  settings = ldapSettings({
    port: slapd.ldapPort,
    pageSize: 3,
    requiredGroup: 'staff',
    roleGroups: [
      { role: 'admin', group: 'desk-admins' },
      { role: 'helpdesk', group: `cn=desk-helpdesk,ou=groups,${slapd.baseDn}` },
      { role: 'auditor', group: 'desk-auditors' },
    ],
  })
})
afterAll(async () => {
  await slapd.stop()
  rmSync(folder, { recursive: true, force: true })
})

const names = ['ada', 'grace', 'alan', 'katherine', 'edsger', 'nomail', 'pat', 'locked', 'mustchange', 'twin']
const clock = { now: () => new Date('2026-11-27T00:00:00Z') }

async function save(file: string, change: Partial<SnapshotRun> = {}) {
  const path = join(folder, file)
  const signal = new AbortController().signal
  const saved = await createSaveSnapshot({ logger: quietLogger })({
    ...{ settings, path, values: 'real', aliasOf: [], against: null, signal },
    ...change,
  })
  return { saved, path, text: readFileSync(path, 'latin1') }
}

async function entriesOf(text: string): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for await (const entry of readLdif([text])) entries.push(entry)
  return entries
}

function explain(user: string, against: string | null, of = settings): Promise<ExplainedPerson> {
  const signal = new AbortController().signal
  return createLdapExplain({ logger: quietLogger, clock })({ settings: of, user, against, signal })
}

/** As a settings file of its own says it. */
function settingsOf(file: Readonly<Record<string, string>> | null): LdapSettings {
  const profile = { name: 'p', file: null }
  const { ldap, findings } = loadSettings({
    profile,
    file: file ?? {},
    environment: {},
    secrets: {},
    found: [],
  })
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return ldap
}

/** What a sign-in would do, and by which groups; names left out. */
const decided = ({ person, groups, unmatched, refusal, incomplete }: ExplainedPerson) => ({
  roles: person?.roles ?? null,
  email: person !== null && person.email !== null,
  groups: groups.map(({ how, via, role, required }) => `${how} ${via.length} ${role} ${required}`).sort(),
  unmatched: unmatched.map(({ code }) => code),
  ...{ refusal, incomplete },
})

describe('a snapshot', () => {
  test('holds people, groups, what the directory says of itself and its schema, and no secret', async () => {
    const { saved, path, text } = await save('real.ldif')
    expect(saved).toMatchObject({ people: 11, groups: 10, schema: true, settings: null })
    expect(saved.bytes).toBe(text.length)
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
    const entries = await entriesOf(text)
    expect(entries.length).toBe(saved.entries)
    const decoded = text.replace(/\n /g, '').replace(/:: (\S+)/g, (_, value: string) => atob(value))
    expect(decoded).not.toContain(canary)
    const root = entries.find(({ dn }) => dn === '')
    expect(root && textsOf(root, 'namingContexts')).toEqual([slapd.baseDn])
    const schema = entries.find(({ dn }) => dn === 'cn=Subschema')
    expect(schema && textsOf(schema, 'attributeTypes').length).toBeGreaterThan(50)
    const ada = entries.find((entry) => textsOf(entry, 'uid').includes('ada'))
    expect([...(ada?.attributes.keys() ?? [])].sort()).toEqual([
      'cn',
      'entryuuid',
      'givenname',
      'mail',
      'memberof',
      'objectclass',
      'sn',
      'uid',
    ])
    expect(text.split('\n').every((line) => line.length <= 76)).toBe(true)
  })

  test('is the same file each time, in the order of the names', async () => {
    const { text } = await save('one.ldif')
    const again = await save('two.ldif', { settings: { ...settings, pageSize: 500 } })
    expect(again.text).toBe(text)
    const dns = (await entriesOf(text)).map(({ dn }) => dn)
    expect(dns.indexOf(`ou=people,${slapd.baseDn}`)).toBeLessThan(
      dns.indexOf(`uid=ada,ou=people,${slapd.baseDn}`),
    )
  })

  test.each(names)('decides about %s as the directory does, with aliases too', async (name) => {
    const online = await explain(name, null)
    const { path } = await save('decide.ldif')
    const offline = await explain(name, path)
    expect(decided(offline)).toEqual(decided(online))
    expect({ ...offline.person, attributes: {} }).toEqual({ ...online.person, attributes: {} })
    expect(offline.groups.map(({ dn }) => dn).sort()).toEqual(online.groups.map(({ dn }) => dn).sort())
    const redacted = await save('redacted.ldif', { values: 'redacted', aliasOf: [name] })
    const alias = redacted.saved.aliases[0]?.alias ?? ''
    const own = settingsOf(redacted.saved.settings)
    expect(decided(await explain(alias, redacted.path, own))).toEqual(decided(online))
  })

  test('with aliases says nobody’s name, and no secret', async () => {
    const { text, saved } = await save('hidden.ldif', { values: 'redacted', aliasOf: ['ada'] })
    const decoded = text.replace(/\n /g, '').replace(/:: (\S+)/g, (_, value: string) => atob(value))
    const words = [...names, 'lovelace', 'example', "o'neil", 'people', 'staff', 'desk-', 'reader', canary]
    const people =
      decoded.slice(0, decoded.indexOf('dn: cn=subschema')) + decoded.slice(decoded.indexOf('dn: dc='))
    for (const word of words) expect(people.toLowerCase()).not.toMatch(new RegExp(`(?<![a-z2-7])${word}`))
    expect(decoded).toContain(`LDAP_BASE_DN=${saved.settings?.['LDAP_BASE_DN'] ?? '?'}`)
    const other = await save('other.ldif', { values: 'redacted', aliasOf: ['ada'] })
    expect(other.saved.aliases).not.toEqual(saved.aliases)
  })

  test('asks for no secret where a setting names one', async () => {
    const named = { ...settings, emailAttribute: 'sambaNTPassword', userFilter: '(userPassword=*)' }
    const { text } = await save('named.ldif', { settings: named })
    expect(text.toLowerCase()).not.toMatch(/^(?:userpassword|sambantpassword)/m)
    expect(text).not.toContain(Buffer.from(canary).toString('base64').slice(0, 20))
  })
})

describe('no snapshot', () => {
  const nothing = (file: string) => {
    expect(existsSync(join(folder, file))).toBe(false)
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
  }

  test('is left of a cancelled run', async () => {
    const signal = AbortSignal.abort()
    await expect(save('gone.ldif', { signal })).rejects.toMatchObject({ code: 'CANCELLED' })
    nothing('gone.ldif')
  })

  test('is left where nobody is found, or the server is away', async () => {
    const empty = { ...settings, userBase: `ou=empty,${slapd.baseDn}` }
    await expect(save('gone.ldif', { settings: empty })).rejects.toMatchObject({ code: 'LDAP_NO_USERS' })
    const away = { ...settings, servers: [{ host: '127.0.0.1', port: 1, encryption: 'none' as const }] }
    await expect(save('gone.ldif', { settings: away })).rejects.toMatchObject({
      code: 'LDAP_CONNECT_REFUSED',
    })
    nothing('gone.ldif')
  })

  test('is left of a directory that stops in the middle', async () => {
    const limited = await startSlapd({
      tls: 'none',
      databaseConfig: ['limits * size=4 size.pr=3 size.prtotal=5'],
    })
    try {
      const cut = {
        ...settings,
        servers: [{ host: '127.0.0.1', port: limited.ldapPort, encryption: 'none' as const }],
      }
      await expect(save('gone.ldif', { settings: cut })).rejects.toMatchObject({
        code: expect.stringMatching(/^LDAP_(?:SIZE|ADMIN)_LIMIT$/) as unknown,
      })
      nothing('gone.ldif')
    } finally {
      await limited.stop()
    }
  })

  test('with aliases is made where they cannot say what the filter asks for', async () => {
    const filter = '(&(objectClass=person)(uid={username})(mail=*example*))'
    await expect(
      save('gone.ldif', { values: 'redacted', settings: { ...settings, userFilter: filter } }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', text: 'snapshotFilter' })
    nothing('gone.ldif')
  })
})
