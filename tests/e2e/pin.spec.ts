import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { createFirstAdmin, goTo, inConsole, temporaryFolder } from '../support/console'
import { agree, startFakeDirectory, type FakeDirectory } from '../support/ldap-fake'
import { createPki, type Pki } from '../support/pki'

let pki: Pki
let directory: FakeDirectory
test.beforeAll(async () => {
  pki = createPki()
  const { cert, key } = pki.server('good')
  const chain = join(dirname(cert), 'with-root.pem')
  writeFileSync(chain, readFileSync(cert, 'utf8') + readFileSync(pki.caFile, 'utf8'))
  directory = await startFakeDirectory({ reply: agree, tls: { cert: chain, key } })
})
test.afterAll(async () => {
  await directory.stop()
  pki.remove()
})

test('a private authority is trusted once its fingerprint was typed, and the same draft goes on to the bind', async () => {
  const folder = temporaryFolder()
  const home = join(folder.path, 'home')
  await inConsole({ home }, async ({ page, complaints }) => {
    await createFirstAdmin(page)
    await goTo(page, '#/settings')
    await page.getByRole('button', { name: 'Set up LDAP…' }).click()
    const type = (name: string, value: string) => page.getByLabel(name, { exact: true }).fill(value)
    const next = () => page.keyboard.press('Enter')
    await page.getByLabel('AUTH_METHOD').selectOption('ldap')
    await type('LDAP_HOST', '127.0.0.1')
    await type('LDAP_PORT', String(directory.port))
    await next()
    await page.getByLabel('LDAP_USE_SSL').selectOption('true')
    await page.getByRole('button', { name: '3. Service account' }).click()
    await type('LDAP_BIND_DN', 'cn=reader,dc=example,dc=test')
    await type('LDAP_BIND_PASSWORD', 'of-the-reader-42')
    await page.getByRole('button', { name: '4. People' }).click()
    await type('LDAP_BASE_DN', 'dc=example,dc=test')
    await page.keyboard.press('Control+Enter')
    await expect(page.locator('[data-stage="tls"]')).toHaveAttribute('data-status', 'failed')

    await page.getByRole('button', { name: 'Trust this authority…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('CN=Authdesk Test Root')
    const fingerprint = new X509Certificate(readFileSync(pki.caFile)).fingerprint256
    await expect(dialog).not.toContainText(fingerprint)
    const field = dialog.getByLabel('SHA-256 fingerprint')
    await field.fill(new X509Certificate(readFileSync(pki.otherCaFile)).fingerprint256)
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('alert')).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('pin.png') })
    expect(directory.requests.filter(({ kind }) => kind === 'bind')).toEqual([])

    await field.fill(fingerprint.toLowerCase())
    await page.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    expect(statSync(join(home, 'profiles/default.ca.pem')).mode & 0o777).toBe(0o600)
    await page.keyboard.press('Control+Enter')
    await expect(page.locator('[data-stage="tls"]')).toHaveAttribute('data-status', 'passed')
    await expect(page.locator('[data-stage="bind"]')).toHaveAttribute('data-status', 'passed')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Discard the draft' }).click()
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
    expect(complaints).toEqual([])
  })
  folder.remove()
})
