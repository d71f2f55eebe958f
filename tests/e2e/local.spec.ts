/// <reference lib="dom" />
import { expect, test } from '@playwright/test'
import {
  admin,
  createAccounts,
  createFirstAdmin,
  forgedRequest,
  goTo,
  signIn,
  signOut,
  inConsole,
} from '../support/console'

async function idOf(page: Parameters<typeof forgedRequest>[0], username: string): Promise<string> {
  const answer = (await forgedRequest(page, 'users.find', { username })) as {
    ok: boolean
    value: { id: string }
  }
  expect(answer.ok).toBe(true)
  return answer.value.id
}

async function changePassword(page: Parameters<typeof forgedRequest>[0], from: string, to: string) {
  await page.getByLabel('Present password').fill(from)
  await page.getByLabel('New password', { exact: true }).fill(to)
  await page.getByLabel('Repeat the new password').fill(to)
  await page.getByRole('button', { name: 'Change the password' }).click()
}

test('the first administrator sees the accounts, resets a local password, and it must be changed', async () => {
  await inConsole({}, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await createAccounts(page)
    await goTo(page, '#/users')
    await expect(page.getByRole('row', { name: /olivia/ })).toBeVisible()
    await expect(page.getByText(/of 5 accounts/)).toBeVisible()

    await page.getByRole('row', { name: /olivia/ }).click()
    await page.getByRole('button', { name: 'Reset password' }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('Called in, identity checked')
    await page.getByRole('dialog').getByRole('button', { name: 'Reset password' }).click()
    const passphrase = await page.getByLabel('Passphrase', { exact: true }).innerText()
    expect(passphrase).toMatch(/^[a-z]+(?:-[a-z]+){5,}$/)
    await page.keyboard.press('Escape')
    await expect(page.getByLabel('Passphrase', { exact: true })).toHaveText(passphrase)
    await page.getByRole('button', { name: 'Done, hide it' }).click()
    await expect(page.getByText('must be changed at the next sign-in')).toBeVisible()
    expect(await page.content()).not.toContain(passphrase)
    await page.keyboard.press('Escape')

    await goTo(page, '#/overview')
    await signOut(page)
    await signIn(page, 'olivia', 'olivia walks under copper bridges')
    await expect(page.getByText('The user name or the password is not right')).toBeVisible()
    await signIn(page, 'OLIVIA', passphrase)
    await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
    expect(await forgedRequest(page, 'app.copy', { text: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'PASSWORD_MUST_CHANGE' },
    })
    await changePassword(page, passphrase, 'twelve herons cross the orchard')
    await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible()
    expect(desk.complaints).toEqual([])
  })
})

test('a reset is refused for directory and SSO accounts, in the page and at the door', async () => {
  await inConsole({}, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await createAccounts(page)
    for (const username of ['dirk', 'sandra']) {
      await goTo(page, '#/users')
      await page.getByRole('row', { name: new RegExp(username) }).click()
      const drawer = page.getByRole('complementary', { name: `Account ${username}` })
      await expect(drawer.getByText('The password of this account is not kept here').first()).toBeVisible()
      await expect(drawer.getByRole('button', { name: 'Reset password' })).toHaveCount(0)
      const id = await idOf(page, username)
      const forged = await forgedRequest(page, 'users.resetPassword', { id, reason: 'forged by a test' })
      expect(forged).toMatchObject({ ok: false, error: { code: 'PASSWORD_NOT_LOCAL' } })
      await page.keyboard.press('Escape')
    }
  })
})

test('a helpdesk account has no settings, not even by a forged request', async () => {
  await inConsole({}, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await createAccounts(page)
    const adminId = await idOf(page, admin.username)
    await goTo(page, '#/overview')
    await signOut(page)
    await signIn(page, 'help.desk', 'help.desk walks under copper bridges')
    await changePassword(page, 'help.desk walks under copper bridges', 'marbles roll past the lighthouse')
    await expect(page.getByRole('link', { name: 'Accounts', exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Settings' })).toHaveCount(0)

    for (const [path, input] of [
      ['settings.check', {}],
      ['db.status', {}],
      ['db.backup', { file: 'x' }],
      ['users.create', { username: 'mallory', email: null, role: 'admin' }],
      ['users.disable', { id: adminId }],
      ['users.resetPassword', { id: adminId, reason: 'forged by a test' }],
    ] as const) {
      const answer = await forgedRequest(page, path, input)
      expect(answer, path).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    }
    await goTo(page, '#/settings')
    await expect(page.getByRole('heading', { name: 'Not allowed' })).toBeVisible()
    for (const path of ['constructor', '__proto__.toString', 'users.__proto__', 'users.constructor']) {
      expect(await forgedRequest(page, path, {}), path).toMatchObject({
        ok: false,
        error: { code: 'NOT_FOUND' },
      })
    }
  })
})

test('the window cannot navigate away, open windows, or reach Node', async () => {
  await inConsole({}, async (desk) => {
    const { page, app } = desk
    await page.getByRole('heading', { name: 'Create the first administrator' }).waitFor()
    const before = page.url()
    const opened = await page.evaluate(() => window.open('https://example.org') === null)
    expect(opened).toBe(true)
    await page.evaluate(() => {
      window.location.href = 'https://example.org/'
    })
    expect(page.url()).toBe(before)
    expect(app.windows()).toHaveLength(1)
    for (const url of ['https://example.org/?leak=1', 'file:///etc/passwd', 'http://example.org/']) {
      expect(await forgedRequest(page, 'app.openExternal', { url }), url).toMatchObject({ ok: false })
    }
    const globals = await page.evaluate(() => ({
      node: typeof (globalThis as { process?: unknown }).process,
      bridge: Object.keys((globalThis as unknown as { authdesk: object }).authdesk).sort(),
    }))
    expect(globals).toEqual({ node: 'undefined', bridge: ['request', 'subscribe'] })
  })
})

test('the menu opens the way for local administrators where no other way is left', async () => {
  const settings = { AUTH_METHOD: 'oidc', OIDC_ISSUER: 'https://id.example.test', OIDC_CLIENT_ID: 'desk' }
  await inConsole({ settings }, async ({ app, page }) => {
    await createFirstAdmin(page)
    await page.getByRole('button', { name: /Account and theme|Signed in as/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page.getByRole('button', { name: /^Sign in with / })).toBeVisible()
    await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0)
    await app.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
      items.find(({ label }) => label === 'Sign in with a local administrator')?.click()
    })
    await expect(page.getByRole('heading', { name: 'Local administrator' })).toBeVisible()
    await signIn(page, admin.username, admin.password)
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  })
})
