import { copyFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { createFirstAdmin, goTo, inConsole } from '../support/console'
import { startProvider, type RunningProvider } from '../support/oidc-provider'
import { createPki, type Pki } from '../support/pki'
import { startSlapd, type Slapd } from '../support/slapd'

let pki: Pki
let slapd: Slapd
let provider: RunningProvider
test.beforeAll(async () => {
  pki = createPki()
  slapd = await startSlapd({ pki })
  provider = await startProvider({ keyId: 'first-key' })
})
test.afterAll(async () => {
  await slapd.stop()
  await provider.stop()
  pki.remove()
})

const settings = () => ({
  ...{ AUTH_METHOD: 'all', OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.clientId },
  ...{ OIDC_CLIENT_SECRET: provider.clientSecret, OIDC_PROVIDER_SLUG: 'idp', OIDC_PROVIDER_NAME: 'Example' },
  ...{ LDAP_HOST: 'localhost', LDAP_PORT: slapd.ldapsPort, LDAP_USE_SSL: 'true', LDAP_TIMEOUT: 5 },
  ...{ LDAP_TLS_CA_CERT_FILE: pki.caFile, LDAP_BASE_DN: slapd.baseDn, LDAP_BIND_DN: slapd.bindDn },
  ...{ LDAP_BIND_PASSWORD: slapd.bindPassword, LDAP_USER_DN: 'ou=people' },
})

const run = (page: Page) => page.getByRole('button', { name: 'Test', exact: true }).first().click()
const stage = (page: Page, id: string) => page.locator(`[data-stage="${id}"]`).first()
const sinceGood = (page: Page) =>
  page.getByRole('link', { name: 'What changed since it last worked' }).first()

async function exchangeCertificate(): Promise<void> {
  const { cert, key } = pki.server('good')
  const expired = pki.server('expired')
  await slapd.halt()
  copyFileSync(expired.cert, cert)
  copyFileSync(expired.key, key)
  await slapd.start()
}

test('from a red test of the directory one click names what changed since it last worked', async () => {
  await inConsole({ settings: settings() }, async ({ page, complaints }) => {
    await createFirstAdmin(page)
    await goTo(page, '#/ldap')
    await run(page)
    await expect(stage(page, 'groups')).toHaveAttribute('data-status', 'passed')
    await expect(sinceGood(page)).toHaveCount(0)

    await exchangeCertificate()
    await run(page)
    await expect(stage(page, 'tls')).toHaveAttribute('data-status', 'failed')
    await sinceGood(page).click()
    await expect(page).toHaveURL(/#\/history\?of=ldap&before=good&after=2$/)
    await expect(page.locator('[data-change="certificate.validTo"]')).toContainText('2021-01-01')
    await expect(page.locator('[data-change="certificate.fingerprint"]')).toBeVisible()
    await expect(page.locator('[data-change^="settings."]')).toHaveCount(0)
    await expect(page.locator('[data-stage-change="tls"]')).toContainText('LDAP_TLS_EXPIRED')
    await expect(page.getByRole('table', { name: 'Tests', exact: true }).locator('tbody tr')).toHaveCount(2)
    await page.screenshot({ path: test.info().outputPath('history.png') })

    await goTo(page, '#/overview')
    await expect(
      page.getByText('The directory: the certificate that the newest test saw has expired'),
    ).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('overview.png') })
    expect(await page.content()).not.toContain(slapd.bindPassword)
    expect(complaints).toEqual([])
  })
})

test('a provider whose keys were rotated is named on the overview, with the way to the difference', async () => {
  await inConsole({ settings: settings() }, async ({ page }) => {
    await createFirstAdmin(page)
    await goTo(page, '#/oidc')
    await run(page)
    await expect(stage(page, 'clock')).toHaveAttribute('data-status', 'passed')
    const { port } = provider
    await provider.stop()
    provider = await startProvider({ port, keyId: 'second-key' })
    await run(page)
    await expect(stage(page, 'clock')).toHaveAttribute('data-status', 'passed')
    await goTo(page, '#/overview')
    const finding = page
      .getByRole('listitem')
      .filter({ hasText: 'the keys are others than when it last worked' })
    await finding.getByRole('link').click()
    await expect(page.locator('[data-change="keys.signing"]')).toContainText('second-key')
    await expect(page.locator('[data-change]')).toHaveCount(1)
    await page.screenshot({ path: test.info().outputPath('keys.png') })
  })
})

test('where it never worked, that is the answer', async () => {
  await inConsole({ settings: { ...settings(), LDAP_BIND_PASSWORD: 'wrong' } }, async ({ page }) => {
    await createFirstAdmin(page)
    await goTo(page, '#/ldap')
    await run(page)
    await sinceGood(page).click()
    await expect(page.getByText('It never worked: no good test is kept from before this one.')).toBeVisible()
  })
})
