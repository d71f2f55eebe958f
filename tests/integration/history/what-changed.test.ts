import { copyFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sinceLastGoodSchema } from '../../../src-main/contract/history'
import { keptSchema } from '../../../src-main/contract/stages'
import { addedPerson, ldapModify, withRoot } from '../../support/ldap-modify'
import { startProvider, type RunningProvider } from '../../support/oidc-provider'
import { createPki, type Pki } from '../../support/pki'
import { hitsIn } from '../../support/report-canaries'
import { startSlapd, type Slapd } from '../../support/slapd'
import { startPeopledConsole, type Console } from '../sign-in/console'

let desk: Console
afterEach(() => desk.close())

const testSchema = z.object({ ok: z.boolean(), kept: keptSchema })

async function sinceGood(subject: string) {
  return sinceLastGoodSchema.parse(await desk.cliValue('history.sinceLastGood', { subject }))
}

async function changesOf(subject: string): Promise<string[]> {
  const { comparison } = await sinceGood(subject)
  return (comparison?.changes ?? []).map(({ area, name }) => `${area}.${name}`)
}

async function rowsText(): Promise<string> {
  const sql = 'SELECT stages || facets || actor AS text FROM test_runs'
  const rows = await (await desk.database()).select(z.object({ text: z.string() }), { sql })
  return rows.map(({ text }) => text).join('\n')
}

describe('of a real directory', () => {
  let pki: Pki
  let slapd: Slapd
  beforeAll(async () => {
    pki = createPki()
    slapd = await startSlapd({ pki, databaseConfig: withRoot })
  })
  afterAll(async () => {
    await slapd.stop()
    pki.remove()
  })

  const settings = (changes: Readonly<Record<string, string>> = {}) =>
    Object.entries({
      ...{ AUTH_METHOD: 'all', LDAP_HOST: 'localhost', LDAP_PORT: String(slapd.ldapsPort) },
      ...{ LDAP_USE_SSL: 'true', LDAP_TLS_CA_CERT_FILE: pki.caFile, LDAP_BASE_DN: slapd.baseDn },
      ...{ LDAP_BIND_DN: slapd.bindDn, LDAP_BIND_PASSWORD: slapd.bindPassword, LDAP_USER_DN: 'ou=people' },
      ...changes,
    })
      .map(([name, value]) => `${name}=${value}\n`)
      .join('')

  const test = async (input: object = {}) =>
    testSchema.parse(await desk.cliValue('ldap.test', { runId: 'r', ...input }))

  beforeEach(async () => {
    desk = await startPeopledConsole(settings())
  })

  it('nothing changed between two tests', async () => {
    expect((await sinceGood('ldap')).answer).toBe('untested')
    expect(await test()).toMatchObject({ ok: true, kept: { code: null } })
    expect((await sinceGood('ldap')).answer).toBe('firstGood')
    await test()
    expect((await sinceGood('ldap')).answer).toBe('compared')
    expect(await changesOf('ldap')).toEqual([])
  })

  it('a person who was added is named as one more', async () => {
    await test()
    ldapModify(slapd, addedPerson('newcomer'))
    await test()
    const { comparison } = await sinceGood('ldap')
    expect(comparison?.changes).toMatchObject([{ area: 'counts', name: 'people' }])
    const [change] = comparison?.changes ?? []
    expect(Number(change?.after)).toBe(Number(change?.before) + 1)
  })

  it('a certificate that was exchanged for an expired one is named, and the stage that failed', async () => {
    await test()
    const { cert, key } = pki.server('good')
    const expired = pki.server('expired')
    await slapd.halt()
    copyFileSync(expired.cert, cert)
    copyFileSync(expired.key, key)
    await slapd.start()
    expect(await test()).toMatchObject({ ok: false })
    const { answer, comparison } = await sinceGood('ldap')
    expect(answer).toBe('compared')
    const areas = new Set(comparison?.changes.map(({ area }) => area))
    expect([...areas]).toEqual(['tls', 'certificate'])
    const names = comparison?.changes.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['verdict', 'fingerprint', 'validFrom', 'validTo']))
    expect(comparison?.stages[0]).toMatchObject({ id: 'tls', after: { code: 'LDAP_TLS_EXPIRED' } })
    expect(comparison?.unseen.map(({ area }) => area)).toContain('counts')
  })

  it('a changed setting is named alone', async () => {
    desk.configure(settings({ LDAP_USE_SSL: 'false', LDAP_PORT: String(slapd.ldapPort) }))
    await test()
    desk.configure(settings({ LDAP_USE_SSL: 'false', LDAP_PORT: String(slapd.ldapPort), LDAP_TIMEOUT: '7' }))
    await test()
    expect(await changesOf('ldap')).toEqual(['settings.LDAP_TIMEOUT'])
  })

  it('neither a password nor a person who was looked up is kept', async () => {
    const password = slapd.passwords['ada'] ?? ''
    expect(password).not.toBe('')
    desk.configure(settings({ LDAP_USE_SSL: 'false', LDAP_PORT: String(slapd.ldapPort) }))
    await test({ user: 'ada', password })
    await test({ user: 'ada', password: 'not-the-password-of-ada' })
    const text = await rowsText()
    expect(text).toContain('settings.LDAP_BIND_DN')
    expect(hitsIn(text, [slapd.bindPassword, password, 'not-the-password-of-ada'])).toEqual([])
    expect(text).not.toMatch(/userbind|uid=ada/)
  })

  it('a draft and a question of its own are not kept', async () => {
    const draft = { profile: null, changes: { LDAP_TIMEOUT: '9' }, secrets: {} }
    const drafted = await desk.cli('ldap.testDraft', { runId: 'r', draft })
    expect(drafted).toMatchObject({ ok: true })
    await desk.cliValue('ldap.test', { runId: 'r', probe: 'empty-password' })
    expect((await sinceGood('ldap')).answer).toBe('untested')
  })

  it('a history that cannot be written stops no test, and the test says so', async () => {
    const database = await desk.database()
    await database.transaction((tx) => database.run(tx, { sql: 'DROP TABLE test_runs' }))
    const found = testSchema.parse(await desk.cliValue('ldap.test', { runId: 'r' }))
    expect(found.kept.run).toBeNull()
    expect(found.kept.code).not.toBeNull()
  })
})

describe('of a real provider', () => {
  let provider: RunningProvider
  beforeEach(async () => {
    provider = await startProvider({ keyId: 'first-key' })
    desk = await startPeopledConsole(
      `AUTH_METHOD=both\nOIDC_ISSUER=${provider.issuer}\nOIDC_CLIENT_ID=${provider.clientId}\n` +
        `OIDC_CLIENT_SECRET=${provider.clientSecret}\nOIDC_PROVIDER_SLUG=idp\n`,
    )
    desk.clock.set(new Date())
  })
  afterEach(() => provider.stop())

  const test = async () => {
    const found = await desk.cliValue('oidc.test', { runId: 'r' })
    return z.object({ providers: z.array(testSchema) }).parse(found).providers
  }

  it('keys that were rotated are named, and nothing else', async () => {
    await test()
    const { port } = provider
    await provider.stop()
    provider = await startProvider({ port, keyId: 'second-key' })
    const [kept] = await test()
    expect(kept?.kept.run).not.toBeNull()
    const { comparison } = await sinceGood('oidc:idp')
    expect(comparison?.changes).toMatchObject([
      { area: 'keys', name: 'signing', added: ['second-key RSA RS256 sig'] },
    ])
    expect(hitsIn(await rowsText(), [provider.clientSecret])).toEqual([])
  })

  it('one that is down is compared with when it last worked', async () => {
    await test()
    provider.setDown(true)
    expect(await test()).toMatchObject([{ ok: false }])
    const { answer, comparison } = await sinceGood('oidc:idp')
    expect(answer).toBe('compared')
    expect(comparison?.changes).toEqual([])
    expect(comparison?.stages.map(({ id }) => id)).toContain('discovery')
  })

  it('runs of two subjects cannot be compared', async () => {
    await test()
    await desk.cliValue('ldap.test', { runId: 'r' })
    expect(await desk.cli('history.compare', { before: 1, after: 2 })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    })
    expect(await desk.cli('history.show', { run: 99 })).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })
})
