import { expect, test } from '@playwright/test'
import { chromiumScript } from '../support/chromium'
import {
  admin,
  createFirstAdmin,
  goTo,
  signIn,
  signOut,
  inConsole,
  temporaryFolder,
} from '../support/console'
import { startProvider, type RunningProvider } from '../support/oidc-provider'

let provider: RunningProvider

test.beforeAll(async () => {
  provider = await startProvider()
})
test.afterAll(async () => {
  await provider.stop()
})

const settings = () => ({
  AUTH_METHOD: 'both',
  OIDC_PROVIDER_1_NAME: 'Example ID',
  OIDC_PROVIDER_1_SLUG: 'example',
  OIDC_PROVIDER_1_ISSUER: provider.issuer,
  OIDC_PROVIDER_1_CLIENT_ID: provider.publicClientId,
})

test('signing in through the system browser makes an oidc account', async () => {
  await inConsole({ settings: settings(), environment: { BROWSER: chromiumScript } }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await signOut(page)
    provider.signInAs('grace')
    await page.getByRole('button', { name: 'Sign in with Example ID' }).click()
    await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible({ timeout: 45_000 })
    await signOut(page)
    await signIn(page, admin.username, admin.password)
    await goTo(page, '#/users')
    const row = page.getByRole('row', { name: /grace/ })
    await expect(row).toContainText('oidc')
    await expect(row).toContainText('grace@example.org')
    expect(desk.complaints).toEqual([])
  })
})

test('signing out opens the provider’s own sign-out, and the window says so', async () => {
  const OIDC_POST_LOGOUT_REDIRECT_URI = 'http://127.0.0.1/signed-out'
  const both = { ...settings(), OIDC_POST_LOGOUT_REDIRECT_URI }
  await inConsole({ settings: both, environment: { BROWSER: chromiumScript } }, async (desk) => {
    const { page } = desk
    provider.signInAs('grace')
    await createFirstAdmin(page)
    await signOut(page)
    await expect(page.getByText('is open in your browser')).toHaveCount(0)
    await page.getByRole('button', { name: 'Sign in with Example ID' }).click()
    await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible({ timeout: 45_000 })
    await signOut(page)
    await expect(page.getByText('The sign-out of Example ID is open in your browser.')).toBeVisible()
    await expect.poll(() => provider.signOuts, { timeout: 45_000 }).toEqual(['yes'])
    expect(desk.complaints).toEqual([])
  })
})

test('an account is connected to a provider through the system browser, and disconnected in two steps', async () => {
  await inConsole({ settings: settings(), environment: { BROWSER: chromiumScript } }, async (desk) => {
    const { page } = desk
    provider.signInAs('grace')
    await createFirstAdmin(page)
    await goTo(page, '#/account')
    await page.getByRole('button', { name: 'Connect Example ID' }).click()
    const disconnect = page.getByRole('button', { name: 'Disconnect…' })
    await expect(disconnect).toBeVisible({ timeout: 45_000 })
    await expect(page.getByText('grace@example.org')).toBeVisible()
    await disconnect.click()
    const dialog = page.getByRole('dialog')
    const submit = dialog.getByRole('button', { name: /^Disconnect / })
    await expect(submit).toBeDisabled()
    await dialog.getByRole('checkbox').check()
    await submit.click()
    await expect(page.getByText('No provider is connected.')).toBeVisible()
    expect(desk.complaints).toEqual([])
  })
})

test('a browser that never comes back can be given up, and the form works again', async () => {
  await inConsole({ settings: settings(), environment: { BROWSER: '/bin/true' } }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await signOut(page)
    await page.getByRole('button', { name: 'Sign in with Example ID' }).click()
    await page.getByText('Waiting for you in the browser').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('button', { name: 'Sign in with Example ID' })).toBeVisible()
    await signIn(page, admin.username, admin.password)
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  })
})

test('the provider’s test is green without a browser', async () => {
  await inConsole({ settings: settings() }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await goTo(page, '#/oidc')
    await page.getByRole('button', { name: 'Test', exact: true }).first().click()
    await expect(page.locator('[data-stage="jwks"]')).toHaveAttribute('data-status', 'passed')
    await expect(page.locator('[data-stage="discovery"]')).toHaveAttribute('data-status', 'passed')
  })
})

test('a sign-in is explained through the system browser, and nobody is made by it', async () => {
  await inConsole({ settings: settings(), environment: { BROWSER: chromiumScript } }, async (desk) => {
    const { page } = desk
    provider.signInAs('grace')
    await createFirstAdmin(page)
    await goTo(page, '#/oidc')
    await page.getByRole('button', { name: 'Sign in without keeping it' }).click()
    await expect(page.getByText('The account grace would be made.').first()).toBeVisible({ timeout: 45_000 })
    const row = page.getByRole('table', { name: 'Claims' }).getByRole('row', { name: /^email grace@/ })
    await expect(row).toContainText('e-mail')
    await expect(page.locator('[data-stage="idtoken"]')).toHaveAttribute('data-status', 'passed')
    await page.getByRole('combobox', { name: 'What is seen' }).fill('post logout')
    await page.getByRole('option', { name: /After a sign-out/ }).click()
    await page.getByRole('button', { name: 'Run the checks' }).click()
    await expect(page.getByText('OIDC_POST_LOGOUT_REDIRECT_URI is not set')).toBeVisible()
    await goTo(page, '#/users')
    await expect(page.getByRole('row', { name: /root.admin/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /grace/ })).toHaveCount(0)
    expect(desk.complaints).toEqual([])
  })
})

test('a local administrator gets in although only single sign-on is on', async () => {
  const folder = temporaryFolder()
  const home = folder.path
  await inConsole({ home }, async ({ page }) => createFirstAdmin(page))
  const onlySso = { ...settings(), AUTH_METHOD: 'oidc' }
  await inConsole({ home, settings: onlySso }, async ({ page }) => {
    await page.getByRole('button', { name: 'Sign in with Example ID' }).waitFor()
    await expect(page.getByLabel('User name')).toHaveCount(0)
  })
  await inConsole({ home, settings: onlySso, flags: ['--show-local-login'] }, async ({ page }) => {
    await expect(page.getByRole('heading', { name: 'Local administrator' })).toBeVisible()
    await signIn(page, admin.username, admin.password)
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  })
  folder.remove()
})
