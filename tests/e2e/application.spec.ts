import { expect, test } from '@playwright/test'
import { pythonVerifies } from '../integration/application/accounts'
import { createDatabases, type Application, type Databases } from '../support/application-databases'
import { fixtureOf } from '../support/application-tables'
import { createFirstAdmin, goTo, inConsole } from '../support/console'

let databases: Databases
let application: Application
test.beforeAll(async () => {
  databases = createDatabases()
  application = await databases.make(fixtureOf('timetracker', 'new').sql('sqlite'), 'sqlite')
})
test.afterAll(() => databases.remove())

test('an account of the application is found by what does not fit, explained, reset and disabled', async () => {
  await inConsole({ settings: { AUTHDESK_APP_DB: application.url } }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await goTo(page, '#/application')
    await expect(page.getByText('TimeTracker', { exact: true })).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('application.png') })
    await page.getByRole('group', { name: 'What does not fit' }).getByText('password left behind').click()
    const table = page.getByRole('table', { name: 'Accounts of the application' })
    await expect(table.getByRole('row')).toHaveCount(3)
    await expect(page.getByRole('list', { name: 'What the chosen findings mean' })).toContainText(
      'stored in its row',
    )
    await table.getByRole('button', { name: 'alan' }).click()
    const drawer = page.getByRole('complementary', { name: 'Account alan' })
    await expect(drawer.getByText('but a password is stored in its row')).toBeVisible()
    await expect(drawer.getByRole('button', { name: 'Reset password' })).toBeDisabled()
    await expect(drawer.getByText('PASSWORD_NOT_LOCAL')).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('refused.png') })

    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByLabel('Name or e-mail').fill('ada')
    await expect(table.getByRole('row')).toHaveCount(2)
    await table.getByRole('button', { name: 'ada' }).click()
    const ada = page.getByRole('complementary', { name: 'Account ada' })
    await ada.getByRole('button', { name: 'Reset password' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio').first().click()
    await dialog.getByRole('button', { name: 'Reset password' }).click()
    const passphrase = (await dialog.locator('output').textContent()) ?? ''
    expect(passphrase.split('-')).toHaveLength(6)
    const stored = (await application.dump())['users']?.['2']?.['password_hash'] ?? ''
    expect(pythonVerifies(stored.replace(/^'|'$/g, ''), passphrase)).toBe(true)
    await dialog.getByRole('button', { name: 'Hide' }).click()
    await expect(dialog.getByText('keeps no sessions in its database', { exact: false })).toBeVisible()
    expect(await page.content()).not.toContain(passphrase)
    await dialog.getByRole('status').getByRole('button', { name: 'Close' }).click()

    await ada.getByRole('button', { name: 'Disable' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('left the company')
    await page.getByRole('dialog').getByRole('button', { name: 'Disable ada' }).click()
    await expect(ada.getByText('disabled')).toBeVisible()
    await expect(ada.getByRole('status').filter({ hasText: 'No way in that the row shows' })).toBeVisible()
    expect((await application.dump())['users']?.['2']?.['is_active']).toBe('0')

    await page.getByText('Sign-in methods and impact', { exact: true }).click()
    const impact = page.getByRole('radiogroup', { name: 'Another mode' })
    await impact.getByText('ldap', { exact: true }).click()
    const people = page.getByRole('table', { name: 'People' })
    await expect(people.getByRole('row').filter({ hasText: 'root' })).toContainText('lose it')
    await page.screenshot({ path: test.info().outputPath('impact.png') })
    await page.getByText('Directory', { exact: true }).last().click()
    await page.getByRole('button', { name: 'Compare with the directory' }).click()
    await expect(page.getByRole('alert')).toContainText('METHOD_NOT_OFFERED')
    await page.screenshot({ path: test.info().outputPath('no-directory.png') })
    expect(desk.complaints).toEqual([])
  })
})
