import { expect, test, type Page } from '@playwright/test'
import { admin, createAccounts, createFirstAdmin, goTo, inConsole, signIn, signOut } from '../support/console'

/** Presses keys and counts them; typed text is the name, which is not counted. */
function countingKeys(page: Page) {
  let presses = 0
  return {
    press: async (key: string) => {
      presses += 1
      await page.keyboard.press(key)
    },
    presses: () => presses,
  }
}

test('from the first page a password is reset with five keys and the name', async () => {
  await inConsole({}, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await createAccounts(page)
    await goTo(page, '#/overview')
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
    const keys = countingKeys(page)
    await keys.press('Control+k')
    await page.keyboard.type('olivia')
    await expect(page.getByRole('button', { name: /olivia/ })).toBeVisible()
    await keys.press('Enter')
    await expect(page.getByRole('button', { name: 'Reset password' })).toBeFocused()
    await keys.press('Enter')
    await expect(page.getByRole('radio', { name: /^Called in/ })).toBeFocused()
    await keys.press('Space')
    await keys.press('Enter')
    await expect(page.getByLabel('Passphrase', { exact: true })).toHaveText(/^[a-z]+(?:-[a-z]+){5,}$/)
    expect(keys.presses()).toBeLessThanOrEqual(6)
    expect(desk.complaints).toEqual([])
  })
})

test('who has forgotten a password asks, and the helpdesk finds the request and resets it', async () => {
  await inConsole({}, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await createAccounts(page)
    await goTo(page, '#/overview')
    await signOut(page)
    await page.getByRole('link', { name: 'Forgotten password?' }).click()
    for (const name of ['olivia', 'nobody-of-this-name']) {
      await page.getByLabel('User name').fill(name)
      await page.getByRole('button', { name: 'Ask the helpdesk' }).click()
      await expect(page.getByText('the helpdesk has been asked for a new one')).toBeVisible()
      await page.getByRole('link', { name: 'Back to the usual way' }).click()
      await page.getByRole('link', { name: 'Forgotten password?' }).click()
    }
    await page.getByRole('link', { name: 'Back to the usual way' }).click()
    await signIn(page, admin.username, admin.password)
    await expect(page.getByLabel('1 request is waiting')).toBeVisible()
    await goTo(page, '#/requests')
    await page.screenshot({ path: test.info().outputPath('requests.png') })
    await page
      .getByRole('row', { name: /olivia/ })
      .getByRole('button', { name: 'Reset password' })
      .click()
    await page.getByRole('radio', { name: /^Asked through/ }).check()
    await page.screenshot({ path: test.info().outputPath('reset.png') })
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Done, hide it' }).click()
    await page.keyboard.press('Escape')
    await expect(page.getByText('Nobody is waiting.')).toBeVisible()
    expect(desk.complaints).toEqual([])
  })
})
