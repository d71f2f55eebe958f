import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTrust } from '../../../src-main/core/diagnostics/trust-store'
import { createAuthority, type FakeAuthority } from '../../support/oidc-fake-certificates'

let authority: FakeAuthority
let folder: string
beforeAll(() => {
  authority = createAuthority()
  folder = mkdtempSync(join(tmpdir(), 'authdesk-trust-'))
})
afterAll(() => {
  authority.remove()
  rmSync(folder, { recursive: true })
})

const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256

test('the bundled roots are there without a file, each once', async () => {
  const { ca, describe } = await loadTrust(null, 'LDAP_CA_FILE')
  expect(ca).toEqual(expect.arrayContaining([tls.rootCertificates[0]?.trim()]))
  expect(new Set(ca).size).toBe(ca.length)
  expect(describe(fingerprintOf(tls.rootCertificates[0] ?? ''))).toBe('bundled')
  expect(describe('00:11')).toBeNull()
})

test('a private authority comes from the file, and is unknown without it', async () => {
  const root = fingerprintOf(readFileSync(authority.caFile, 'utf8'))
  expect((await loadTrust(authority.caFile, 'OIDC_CA_FILE')).describe(root.toLowerCase())).toBe('file')
  expect((await loadTrust(null, 'OIDC_CA_FILE')).describe(root)).toBeNull()
})

test('a public root in the file is not what made the difference', async () => {
  const path = join(folder, 'public.pem')
  const pem = tls.rootCertificates[0] ?? ''
  writeFileSync(path, pem)
  expect((await loadTrust(path, 'OIDC_CA_FILE')).describe(fingerprintOf(pem))).toBe('bundled')
})

test('a file that cannot be used is the caller’s own code', async () => {
  await expect(loadTrust(join(folder, 'none.pem'), 'LDAP_CA_FILE')).rejects.toMatchObject({
    code: 'LDAP_CA_FILE',
    details: { reason: 'ENOENT' },
  })
  const key = join(folder, 'key.pem')
  writeFileSync(key, authority.good.key)
  await expect(loadTrust(key, 'OIDC_CA_FILE')).rejects.toMatchObject({ code: 'OIDC_CA_FILE' })
  const broken = join(folder, 'broken.pem')
  writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
  await expect(loadTrust(broken, 'OIDC_CA_FILE')).rejects.toMatchObject({ code: 'OIDC_CA_FILE' })
})
