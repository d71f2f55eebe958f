import { expect, test } from '@playwright/test'
import {
  createAccounts,
  createFirstAdmin,
  forgedRequest,
  goTo,
  inConsole,
  signIn,
  signOut,
} from '../support/console'

const settings = { AUTH_METHOD: 'both', OIDC_ISSUER: 'https://id.example.test', OIDC_CLIENT_ID: 'desk' }

test('an administrator links an identity by hand, and its owner sees and disconnects it in two steps', async () => {
  await inConsole({ settings }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await createAccounts(page)
    await goTo(page, '#/users')
    await page.getByRole('row', { name: /olivia/ }).click()
    await page.getByRole('tab', { name: 'Identities' }).click()
    await page.getByRole('button', { name: 'Link an identity…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Issuer, exactly as the provider spells it').fill('https://id.example.test')
    await dialog.getByLabel('Subject').fill('olivia-4711')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('came in person')
    await dialog.getByRole('button', { name: 'Link', exact: true }).click()
    await expect(page.getByText('olivia-4711').first()).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('identities.png') })

    await goTo(page, '#/overview')
    await signOut(page)
    await signIn(page, 'olivia', 'olivia walks under copper bridges')
    await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
    const change = { current: 'olivia walks under copper bridges', next: 'twelve herons cross the orchard' }
    expect(await forgedRequest(page, 'session.changePassword', change)).toMatchObject({ ok: true })
    await page.reload()
    await goTo(page, '#/account')
    await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('account.png') })
    await page.getByRole('button', { name: 'Disconnect…' }).click()
    const leave = page.getByRole('dialog').getByRole('button', { name: /^Disconnect / })
    await expect(leave).toBeDisabled()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await expect(page.getByText('No provider is connected.')).toBeVisible()
    expect(desk.complaints).toEqual([])
  })
})
