import { expect, test } from '@playwright/test'
import { admin, createAccounts, createFirstAdmin, goTo, inConsole } from '../support/console'

test('a locked desk shows nothing of what was on it, and goes on where it was, by the keyboard', async () => {
  await inConsole({}, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await createAccounts(page)
    await goTo(page, '#/users')
    await page.getByRole('row', { name: /olivia/ }).click()
    await expect(page.getByRole('complementary', { name: 'Account olivia' })).toBeVisible()
    await page.keyboard.press('Control+k')
    await expect(page.getByPlaceholder('Page, account name, e-mail…')).toBeFocused()
    await page.keyboard.type('Lock')
    await expect(page.getByRole('dialog').getByText('Lock', { exact: true })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible()
    expect(await page.content()).not.toContain('olivia')
    await page.screenshot({ path: test.info().outputPath('locked.png') })
    await page.keyboard.type('not the password')
    await page.keyboard.press('Enter')
    await expect(page.getByText('The present password is not right')).toBeVisible()
    await page.getByLabel('Password', { exact: true }).fill(admin.password)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary', { name: 'Account olivia' })).toBeVisible()
    expect(desk.complaints).toEqual([])
  })
})

test('the computer’s own lock locks the desk', async () => {
  await inConsole({}, async ({ app, page }) => {
    await createFirstAdmin(page)
    await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'))
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible()
  })
})
