import { expect, test } from '@playwright/test'
import { admin, createFirstAdmin, goTo, inConsole, signIn, signOut } from '../support/console'
import { startSlapd, type Slapd } from '../support/slapd'

let slapd: Slapd

test.beforeAll(async () => {
  slapd = await startSlapd()
})
test.afterAll(async () => {
  await slapd.stop()
})

function settings(changes: Record<string, string | number | boolean> = {}) {
  return {
    AUTH_METHOD: 'all',
    OIDC_ISSUER: 'https://id.example.test',
    OIDC_CLIENT_ID: 'authdesk',
    LDAP_HOST: slapd.host,
    LDAP_PORT: slapd.ldapsPort,
    LDAP_USE_SSL: true,
    LDAP_TLS_CA_CERT_FILE: slapd.caFile,
    LDAP_BASE_DN: slapd.baseDn,
    LDAP_BIND_DN: slapd.bindDn,
    LDAP_BIND_PASSWORD: slapd.bindPassword,
    LDAP_USER_DN: 'ou=people',
    LDAP_REQUIRED_GROUP: 'staff',
    LDAP_TIMEOUT: 5,
    ...changes,
  }
}

const rung = (page: Parameters<typeof goTo>[0], id: string) => page.locator(`[data-stage="${id}"]`)

test('the LDAP page shows the settings without their secrets, and its test is green', async () => {
  await inConsole({ settings: settings() }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await goTo(page, '#/ldap')
    await expect(page.getByText('LDAP_BASE_DN')).toBeVisible()
    await expect(page.getByText(slapd.baseDn).first()).toBeVisible()
    expect(await page.content()).not.toContain(slapd.bindPassword)

    await page.getByLabel('User name').fill('ada')
    await page.getByLabel('Password', { exact: true }).fill(slapd.passwords['ada'] ?? '')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('Sign-in works for ada')).toBeVisible()
    for (const id of ['config', 'dns', 'tcp', 'tls', 'bind', 'base', 'users', 'user', 'userbind']) {
      await expect(rung(page, id), id).toHaveAttribute('data-status', 'passed')
    }
    expect(desk.complaints).toEqual([])
  })
})

test('a wrong bind password is red with its code', async () => {
  await inConsole({ settings: settings({ LDAP_BIND_PASSWORD: 'not the password' }) }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await goTo(page, '#/ldap')
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await expect(rung(page, 'bind')).toHaveAttribute('data-status', 'failed')
    await expect(rung(page, 'bind')).toContainText('LDAP_BIND_CREDENTIALS')
    await expect(rung(page, 'base')).toHaveAttribute('data-status', 'skipped')
  })
})

test('a stopped server is red with its code', async () => {
  await inConsole({ settings: settings() }, async ({ page }) => {
    await createFirstAdmin(page)
    await goTo(page, '#/ldap')
    await slapd.halt()
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await expect(rung(page, 'tcp')).toHaveAttribute('data-status', 'failed')
    await expect(rung(page, 'tcp')).toContainText('LDAP_CONNECT_REFUSED')
    await expect(rung(page, 'bind')).toHaveAttribute('data-status', 'skipped')
  })
  await slapd.start()
})

test('signing in with the directory makes an ldap account', async () => {
  await inConsole({ settings: settings() }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await signOut(page)
    await signIn(page, 'grace', 'not her password')
    await expect(page.getByText('The user name or the password is not right')).toBeVisible()
    await signIn(page, 'grace', slapd.passwords['grace'] ?? '')
    await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible()
    await signOut(page)
    await signIn(page, admin.username, admin.password)
    await goTo(page, '#/users')
    const row = page.getByRole('row', { name: /grace/ })
    await expect(row).toContainText('ldap')
    await expect(row).toContainText('grace@example.test')
    await goTo(page, '#/methods')
    await expect(page.getByText('LDAP_USER_PASSWORD').first()).toBeVisible()
    expect(desk.complaints).toEqual([])
  })
})
