import { once } from 'node:events'
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { createServer } from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { authoritySchema, pinnedSchema } from '../../../src-main/contract/authority'
import { draftLadderSchema } from '../../../src-main/contract/ldap'
import { oidcContract } from '../../../src-main/contract/oidc'
import { draftViewSchema, settingsContract } from '../../../src-main/contract/settings'
import { agree, startFakeDirectory, type FakeDirectory } from '../../support/ldap-fake'
import { createPki, type Pki, type ServerCertificate, type ServerFiles } from '../../support/pki'
import { adaPassword, rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

let pki: Pki
let desk: Console
const ends: (() => Promise<unknown>)[] = []
beforeAll(() => {
  pki = createPki()
})
afterAll(() => pki.remove())
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  await desk.close()
})

/** With the root behind the server's own certificate, as many servers send it. */
function withRoot(kind: ServerCertificate, root: string): ServerFiles {
  const { cert, key } = pki.server(kind)
  const file = join(dirname(cert), `${kind}-with-root.pem`)
  writeFileSync(file, readFileSync(cert, 'utf8') + readFileSync(root, 'utf8'))
  return { cert: file, key }
}
async function directory(tls: ServerFiles, startTls = false): Promise<FakeDirectory> {
  const fake = await startFakeDirectory({ reply: agree, ...(startTls ? { startTls: tls } : { tls }) })
  ends.push(fake.stop)
  return fake
}
const password = 'of-the-reader-42'
const settings = (port: number, more = '') =>
  `AUTH_METHOD=local\nLDAP_HOST=127.0.0.1\nLDAP_PORT=${port}\nLDAP_USE_SSL=true\nLDAP_BASE_DN=dc=example,dc=test
LDAP_BIND_DN=cn=reader,dc=example,dc=test\nLDAP_TIMEOUT=2\n${more}`
async function start(profile: string): Promise<void> {
  desk = await startPeopledConsole({ profile })
  await desk.signIn('root', rootPassword)
}
const draftOf = (changes: Record<string, string> = {}, secrets: Record<string, string> = {}) => ({
  ...{ profile: null, changes, secrets },
})
type Draft = ReturnType<typeof draftOf>
async function look(draft: Draft, provider: string | null = null) {
  return authoritySchema.parse(await desk.value('settings.authority', { draft, provider }))
}
const pinInput = (draft: Draft, fingerprint: string, reference: 'draft' | 'saved' = 'draft') => ({
  ...{ draft, provider: null, fingerprint, reference },
})
async function pin(input: ReturnType<typeof pinInput>) {
  return pinnedSchema.parse(await desk.value('settings.pinAuthority', input))
}
async function codeAt(draft: Draft, stage: 'tls' | 'bind'): Promise<string> {
  const ladder = draftLadderSchema.parse(await desk.value('ldap.testDraft', { runId: 'run', draft }))
  const found = ladder.stages.find(({ id }) => id === stage)
  return `${found?.status ?? 'absent'} ${found?.code ?? '-'}`
}
const revision = async () =>
  draftViewSchema.parse(await desk.value('settings.draft', { profile: null, changes: {}, typed: [] }))
    .revision
const save = async (draft: Draft) =>
  settingsContract.save.output.parse(await desk.value('settings.save', { draft, revision: await revision() }))
const fingerprintOf = (file: string) => new X509Certificate(readFileSync(file)).fingerprint256
const pinnedFile = (name = 'default') => join(desk.folder, `home/profiles/${name}.ca.pem`)
const withCa = (secrets: Record<string, string> = { LDAP_BIND_PASSWORD: password }) =>
  draftOf({ LDAP_TLS_CA_CERT_FILE: 'default.ca.pem' }, secrets)

it.each([false, true])(
  'trusts a private authority once its fingerprint is confirmed; StartTLS: %s',
  async (startTls) => {
    const fake = await directory(withRoot('good', pki.caFile), startTls)
    await start(startTls ? settings(fake.port).replace('USE_SSL', 'USE_TLS') : settings(fake.port))
    const untrusted = draftOf({}, { LDAP_BIND_PASSWORD: password })
    expect(await codeAt(untrusted, 'tls')).toBe('failed LDAP_TLS_UNTRUSTED_CA')
    const shown = await look(untrusted)
    expect(shown).toMatchObject({ kind: 'authority', setting: 'LDAP_TLS_CA_CERT_FILE' })
    expect(shown.subject).toContain('CN=Authdesk Test Root')

    const other = fingerprintOf(pki.otherCaFile)
    expect(await desk.code('settings.pinAuthority', pinInput(untrusted, other))).toBe('CONFLICT')
    expect(await desk.code('settings.pinAuthority', pinInput(untrusted, 'AB:CD'))).toBe('INVALID_INPUT')
    expect(existsSync(pinnedFile())).toBe(false)
    expect(fake.requests.filter(({ kind }) => kind === 'bind')).toEqual([])

    const typed = `sha256 Fingerprint=${fingerprintOf(pki.caFile).toLowerCase()}\n`
    const pinned = await pin(pinInput(untrusted, typed))
    expect(pinned).toMatchObject({ value: 'default.ca.pem', file: pinnedFile(), secretsForgotten: [] })
    expect(statSync(pinnedFile()).mode & 0o777).toBe(0o600)
    expect(fake.requests.filter(({ kind }) => kind === 'bind')).toEqual([])
    expect(await codeAt(withCa(), 'bind')).toBe('passed -')
    const record = (await desk.audit()).find(
      ({ action, code }) => action === 'settings.pinAuthority' && code === 'OK',
    )
    expect(record?.after).toContain(fingerprintOf(pki.caFile))
    expect((await save(withCa())).tested).not.toBe('untested')
  },
)

it('trusts nobody where that cannot be written down', async () => {
  const fake = await directory(withRoot('good', pki.caFile))
  await start(settings(fake.port))
  const look = await desk.database()
  const sql = `CREATE TRIGGER no_room BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'no room'); END`
  await look.transaction((tx) => look.run(tx, { sql }))
  const input = pinInput(draftOf(), fingerprintOf(pki.caFile))
  expect(await desk.code('settings.pinAuthority', input)).toBe('AUDIT_WRITE_FAILED')
  expect(existsSync(pinnedFile())).toBe(false)
})

it('tells an expired certificate, another name and another authority apart under the pinned one', async () => {
  const good = await directory(withRoot('good', pki.caFile))
  await start(settings(good.port))
  await pin(pinInput(draftOf(), fingerprintOf(pki.caFile)))
  const at = async (files: ServerFiles) => {
    const { port } = await directory(files)
    const draft = withCa()
    const moved = { ...draft, changes: { ...draft.changes, LDAP_PORT: String(port) } }
    return { code: await codeAt(moved, 'tls'), moved }
  }
  const expired = await at(withRoot('expired', pki.caFile))
  expect(expired.code).toBe('failed LDAP_TLS_EXPIRED')
  expect(await desk.code('settings.authority', { draft: expired.moved, provider: null })).toBe('CONFLICT')
  expect((await at(withRoot('wrong-name', pki.caFile))).code).toBe('failed LDAP_TLS_HOSTNAME')
  expect((await at(withRoot('wrong-ca', pki.otherCaFile))).code).toBe('failed LDAP_TLS_UNTRUSTED_CA')
  expect((await at(pki.server('self-signed'))).code).toBe('failed LDAP_TLS_SELF_SIGNED')
  expect((await at(withRoot('full-chain', pki.caFile))).code).toBe('passed -')
})

it('pins a self-signed certificate itself, and nothing where the root is not sent', async () => {
  const self = pki.server('self-signed')
  const fake = await directory(self)
  await start(settings(fake.port))
  expect((await look(draftOf())).kind).toBe('certificate')
  await pin(pinInput(draftOf(), fingerprintOf(self.cert)))
  expect(await codeAt(withCa(), 'bind')).toBe('passed -')
  const { port } = await directory(pki.server('wrong-ca'))
  const rootless = draftOf({ LDAP_PORT: String(port) })
  expect(await desk.code('settings.authority', { draft: rootless, provider: null })).toBe('CONFLICT')
})

it('lets no stored password follow a newly trusted authority', async () => {
  const fake = await directory(withRoot('good', pki.caFile))
  await start(settings(fake.port))
  await save(draftOf({}, { LDAP_BIND_PASSWORD: password }))
  await pin(pinInput(draftOf(), fingerprintOf(pki.caFile)))
  expect(await codeAt(withCa({}), 'tls')).toBe('passed -')
  expect(await codeAt(withCa({}), 'bind')).toBe('failed SECRET_REQUIRED')
  await save(withCa())
  expect(await codeAt(draftOf(), 'bind')).toBe('passed -')

  const replaced = await directory(withRoot('wrong-ca', pki.otherCaFile))
  writeFileSync(
    join(desk.folder, 'home/profiles/default.env'),
    settings(replaced.port, 'LDAP_TLS_CA_CERT_FILE=default.ca.pem'),
    {
      mode: 0o600,
    },
  )
  expect(await codeAt(draftOf(), 'tls')).toBe('failed LDAP_TLS_UNTRUSTED_CA')
  const pinned = await pin(pinInput(draftOf(), fingerprintOf(pki.otherCaFile)))
  expect(pinned.secretsForgotten).toEqual(['LDAP_BIND_PASSWORD'])
  expect(await codeAt(draftOf(), 'bind')).toBe('skipped -')
  expect(replaced.requests.filter(({ kind }) => kind === 'bind')).toEqual([])
  expect(replaced.plain().includes(password)).toBe(false)
})

it('goes with the profile when it is copied, renamed and removed', async () => {
  const fake = await directory(withRoot('good', pki.caFile))
  await start(settings(fake.port))
  await pin(pinInput(draftOf(), fingerprintOf(pki.caFile), 'saved'))
  const text = (name: string) => readFileSync(join(desk.folder, `home/profiles/${name}.env`), 'utf8')
  expect(text('default')).toContain('LDAP_TLS_CA_CERT_FILE=default.ca.pem')
  await desk.value('profiles.copy', { from: 'default', to: 'shop' })
  expect(text('shop')).toContain('LDAP_TLS_CA_CERT_FILE=shop.ca.pem')
  await desk.value('profiles.rename', { from: 'shop', to: 'store' })
  expect(text('store')).toContain('LDAP_TLS_CA_CERT_FILE=store.ca.pem')
  expect([existsSync(pinnedFile('shop')), existsSync(pinnedFile('store'))]).toEqual([false, true])
  await desk.value('profiles.remove', { name: 'store' })
  expect(existsSync(pinnedFile('store'))).toBe(false)
  expect(existsSync(pinnedFile())).toBe(true)
})

it('pins for a provider too, without a request', async () => {
  const { cert, key } = withRoot('good', pki.caFile)
  const received: Buffer[] = []
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (socket) => {
    socket.on('data', (data: Buffer) => void received.push(data)).on('error', () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  ends.push(() => new Promise((resolve) => server.close(resolve)))
  await start(
    `AUTH_METHOD=both\nOIDC_PROVIDER_1_SLUG=corp\nOIDC_PROVIDER_1_ISSUER=https://localhost:${port}\nOIDC_PROVIDER_1_CLIENT_ID=desk\nOIDC_METADATA_FETCH_TIMEOUT=1\nOIDC_METADATA_RETRY_ATTEMPTS=1`,
  )
  const shown = await look(draftOf(), 'corp')
  expect(shown).toMatchObject({ server: `localhost:${port}`, setting: 'OIDC_PROVIDER_1_CA_BUNDLE' })
  await desk.value('settings.pinAuthority', {
    ...pinInput(draftOf(), fingerprintOf(pki.caFile)),
    provider: 'corp',
  })
  expect(Buffer.concat(received).length).toBe(0)
  const draft = draftOf({ OIDC_PROVIDER_1_CA_BUNDLE: 'default.ca.pem' })
  const tested = oidcContract.testDraft.output.parse(
    await desk.value('oidc.testDraft', { runId: 'run', provider: 'corp', draft }),
  )
  expect(tested.providers[0]?.stages.find(({ id }) => id === 'tls')?.status).toBe('passed')
})

it('is for administrators', async () => {
  await start('AUTH_METHOD=local')
  await desk.addPerson('grace', { role: 'helpdesk' })
  await desk.signOut()
  await desk.signIn('grace', adaPassword)
  expect(await desk.code('settings.authority', { draft: draftOf(), provider: null })).toBe('FORBIDDEN')
  expect(await desk.code('settings.pinAuthority', pinInput(draftOf(), 'AB'))).toBe('FORBIDDEN')
})
