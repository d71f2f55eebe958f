import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Ladder } from '../../src-main/contract/ldap'
import { createPki, type Pki } from '../support/pki'
import { tlsFaults, type FaultyServer } from '../support/tls-faults'

/**
 * The faults of the encryption have the same codes in the console's own runtime, which encrypts with BoringSSL, as in
 * Node with OpenSSL (tests/integration/ldap/fault-table.test.ts).
 */
let pki: Pki
let home: string
test.beforeAll(() => {
  pki = createPki()
  home = mkdtempSync(join(tmpdir(), 'authdesk-tls-'))
  mkdirSync(join(home, 'profiles'))
})
test.afterAll(() => {
  pki.remove()
  rmSync(home, { recursive: true, force: true })
})

const environment = () => ({ ...process.env, ELECTRON_RUN_AS_NODE: '1' })

function inRuntime(...args: readonly string[]): Promise<string> {
  const runtime = process.env['AUTHDESK_ELECTRON'] ?? ''
  return new Promise((resolve) => {
    execFile(runtime, [...args], { env: environment() }, (_error, stdout) => resolve(stdout))
  })
}

async function ladderOf({ port, encryption, caFile }: FaultyServer): Promise<Ladder> {
  const envFile = join(home, `${port}.env`)
  const lines = [
    ...['AUTH_METHOD=ldap', 'LDAP_HOST=127.0.0.1', `LDAP_PORT=${port}`, 'LDAP_TIMEOUT=3'],
    ...[`LDAP_USE_SSL=${encryption === 'ldaps'}`, `LDAP_USE_TLS=${encryption === 'starttls'}`],
    ...['LDAP_BASE_DN=dc=example,dc=test', 'LDAP_BIND_DN=cn=reader,dc=example,dc=test'],
    ...['LDAP_BIND_PASSWORD=reader-secret-4711', `LDAP_TLS_CA_CERT_FILE=${caFile ?? ''}`],
  ]
  writeFileSync(envFile, lines.join('\n'), { mode: 0o600 })
  const command = ['ldap', 'test', '--json', '--env-file', envFile, '--home', home]
  return JSON.parse(await inRuntime('--', join('out', 'cli', 'authdesk.js'), ...command)) as Ladder
}

test('the console’s runtime encrypts with BoringSSL', async () => {
  // BoringSSL has no version of its own and gives none; a runtime with OpenSSL would.
  const version = await inRuntime('-p', 'process.versions.openssl + " " + process.versions.electron')
  expect(version).toMatch(/^0\.0\.0 \d+\./)
})

for (const { name, code, stage, start } of tlsFaults) {
  test(`${name} is ${code} here too`, async () => {
    const server = await start(pki)
    try {
      const { stages } = await ladderOf(server)
      const failed = stages.find(({ status }) => status === 'failed')
      expect([failed?.id, failed?.code]).toEqual([stage, code])
    } finally {
      await server.stop()
    }
  })
}
