/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { forgedRequest, goTo, startConsole, temporaryFolder, type RunningConsole } from '../support/console'

const vikunja = join(import.meta.dirname, '../fixtures/applications/vikunja.yml')

let desk: RunningConsole
let folder: ReturnType<typeof temporaryFolder>
test.beforeAll(async () => {
  folder = temporaryFolder()
  desk = await startConsole({ flags: ['--demo'] })
  await desk.page.getByRole('heading', { name: 'Overview' }).waitFor()
})
test.afterAll(async () => {
  await desk.close()
  folder.remove()
})

/** A person cannot be asked in a test: the system's dialogs answer at once. */
async function answerDialogs(open: string, save: string) {
  await desk.app.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [paths.open] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: paths.save })
    },
    { open, save },
  )
}

const row = (name: string) => desk.page.getByRole('row', { name: new RegExp(`^${name}`) })
async function act(name: string, action: string) {
  await row(name)
    .getByRole('button', { name: `Actions for ${name}` })
    .click()
  await desk.page.getByRole('menuitem', { name: action }).click()
}

test('another profile is looked at with the keyboard, and decides nothing', async () => {
  const { page } = desk
  await goTo(page, '#/oidc')
  await expect(page.locator('[data-production-edge]')).toHaveCount(0)
  await page.getByRole('button', { name: /^Profile demo/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: /^demo/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: /^todo/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('demo decides who may use this console')).toBeVisible()
  await expect(page.locator('[data-production-edge]')).toHaveCount(1)
  await expect(page.getByRole('heading', { name: 'Example ID' })).toBeVisible()
  await expect(page.getByText('AUTH_METHOD all')).toBeVisible()
  await goTo(page, '#/settings')
  await expect(page.getByRole('row', { name: /^OIDC_SCOPES/ })).toContainText('profile')
  await page.screenshot({ path: test.info().outputPath('examined.png') })
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  await page.getByRole('button', { name: 'Back to demo' }).click()
  await expect(page.locator('[data-production-edge]')).toHaveCount(0)
})

test('a production profile does not govern on the development runtime', async () => {
  const { page } = desk
  await goTo(page, '#/settings')
  await act('todo', 'Let it govern…')
  await expect(page.getByRole('dialog')).toContainText('this console runs on the development runtime')
  await expect(page.getByRole('button', { name: 'Let todo govern' })).toBeDisabled()
  expect(await forgedRequest(page, 'profiles.govern', { name: 'todo' })).toMatchObject({
    ok: false,
    error: { code: 'CONFIG_INVALID' },
  })
  await page.keyboard.press('Escape')
})

test('the palette looks at another profile', async () => {
  const { page } = desk
  await page.keyboard.press('Control+K')
  await page.getByRole('textbox', { name: 'Search pages and accounts' }).fill('look at todo')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Profile todo/ })).toBeVisible()
  await page.getByRole('button', { name: 'Back to demo' }).click()
})

test('an application’s file becomes a profile, is exported, and governs', async () => {
  const { page, complaints } = desk
  const exported = join(folder.path, 'out.yml')
  await answerDialogs(vikunja, exported)
  await goTo(page, '#/settings')
  await page.getByRole('button', { name: 'Add a file…' }).click()
  await page.getByRole('button', { name: 'Choose a file…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('tasks')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'tasks is added' })).toContainText('Vikunja')
  await expect(page.getByRole('dialog')).toContainText('OIDC_PROVIDER_1_CLIENT_SECRET')
  await page.screenshot({ path: test.info().outputPath('added.png') })
  expect(await page.content()).not.toContain('client-secret-four')
  await page.getByRole('button', { name: 'Look at tasks' }).click()
  await expect(page.getByRole('button', { name: /^Profile tasks/ })).toBeVisible()

  await act('tasks', 'Compare')
  await expect(page.getByRole('dialog')).toContainText('LDAP_HOST')
  await page.screenshot({ path: test.info().outputPath('compare.png') })
  await page.keyboard.press('Escape')

  await act('tasks', 'Export')
  await page.getByLabel('With secrets in clear text').check()
  await page.getByRole('button', { name: 'Export with secrets' }).click()
  await expect(page.getByRole('dialog')).toContainText('delete it once it is used')
  expect(readFileSync(exported, 'utf8')).toContain('clientsecret: "client-secret-four"')
  await page.keyboard.press('Escape')

  await act('tasks', 'Let it govern…')
  await expect(page.getByRole('dialog')).toContainText('AUTH_METHOD')
  await page.screenshot({ path: test.info().outputPath('govern.png') })
  await page.getByRole('button', { name: 'Let tasks govern' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to tasks' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign in with Corp Keycloak' })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(complaints).toEqual([])
})
