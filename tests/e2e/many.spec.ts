import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { createFirstAdmin, goTo, inConsole, temporaryFolder, type RunningConsole } from '../support/console'

/** The system's file dialogs cannot be driven: they answer with this path at once. */
async function answerDialogs({ app }: RunningConsole, path: string): Promise<void> {
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file })
  }, path)
}

test('accounts are imported from a file, disabled together and exported', async () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'people.csv')
  const people = Array.from({ length: 150 }, (_, index) => `person${index},person${index}@example.org,ldap`)
  writeFileSync(
    file,
    ['username,email,auth_provider', ...people, 'root.admin,,', 'bad,not an address,'].join('\n'),
  )
  await inConsole({}, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await goTo(page, '#/users')
    await answerDialogs(desk, file)
    await page.getByRole('button', { name: 'Import…' }).click()
    await page.getByRole('button', { name: 'Choose a file…' }).click()
    await expect(page.getByRole('button', { name: 'create 150', exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'refuse 1', exact: true }).click()
    await expect(page.getByRole('row', { name: /153 bad refuse email is no e-mail address/ })).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('import.png') })
    await page.getByRole('button', { name: 'Create 150 accounts' }).click()
    await expect(page.getByText('150 accounts were created.')).toBeVisible()
    await page.getByRole('button', { name: 'Close' }).last().click()
    await expect(page.getByText('151 of 151 accounts')).toBeVisible()

    await page.getByRole('searchbox').fill('person1')
    await expect(page.getByText('All 61 of this filter')).toBeVisible()
    await page.getByRole('button', { name: 'Disable', exact: true }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('the project has ended')
    await page.screenshot({ path: test.info().outputPath('bulk.png') })
    await page.getByRole('button', { name: 'Disable 61 accounts' }).click()
    await expect(page.getByText('61 accounts were changed.')).toBeVisible()
    await page.keyboard.press('Enter')

    const grid = page.getByRole('grid')
    for (const name of ['root.admin', 'person0']) {
      await page.getByRole('searchbox').fill(name)
      await expect(page.getByRole('row')).toHaveCount(2)
      await expect(page.getByRole('row', { name })).toBeVisible()
      await grid.focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('Space')
    }
    await expect(page.getByText('2 accounts chosen')).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('chosen.png') })
    await page.getByRole('button', { name: 'Disable', exact: true }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('the project has ended')
    await page.getByRole('button', { name: /^Disable \d account/ }).click()
    await expect(page.getByText('could not be changed')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Explain LAST_ADMIN' })).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('outcome.png') })
    await page.keyboard.press('Escape')

    await answerDialogs(desk, join(folder.path, 'out.csv'))
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'As CSV…' }).click()
    await expect(page.getByText('2 accounts were written')).toBeVisible()
    expect(desk.complaints).toEqual([])
  })
  folder.remove()
})
