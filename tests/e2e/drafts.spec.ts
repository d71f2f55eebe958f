import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { createFirstAdmin, goTo, inConsole, temporaryFolder } from '../support/console'
import { startSlapd, type Slapd } from '../support/slapd'

let slapd: Slapd
test.beforeAll(async () => {
  slapd = await startSlapd()
})
test.afterAll(async () => {
  await slapd.stop()
})

test('a directory is set up by the keyboard alone, tested as a draft, and saved', async () => {
  const folder = temporaryFolder()
  const home = join(folder.path, 'home')
  await inConsole({ home }, async (desk) => {
    const { page } = desk
    const { keyboard } = page
    await createFirstAdmin(page)
    await goTo(page, '#/settings')
    await page.getByRole('button', { name: 'Set up LDAP…' }).press('Enter')
    await expect(page.getByRole('heading', { name: 'Set up LDAP', level: 1 })).toBeVisible()
    const type = async (name: string, value: string) => {
      await page.getByLabel(name, { exact: true }).focus()
      await keyboard.insertText(value)
    }
    const next = async (step: string) => {
      await keyboard.press('Enter')
      await expect(page.getByRole('heading', { name: step, level: 2 })).toBeVisible()
    }
    await page.getByLabel('Start from').selectOption('OpenLDAP')
    await page.getByLabel('AUTH_METHOD').selectOption('ldap')
    await type('LDAP_HOST', '')
    await keyboard.press('Enter')
    await expect(page.getByText('LDAP_HOST is not set; AUTH_METHOD=ldap needs it.').first()).toBeVisible()
    await type('LDAP_HOST', slapd.host)
    await type('LDAP_PORT', String(slapd.ldapsPort))
    await next('Encryption')
    await page.getByLabel('LDAP_USE_SSL').selectOption('true')
    await type('LDAP_TLS_CA_CERT_FILE', slapd.caFile)
    await next('Service account')
    await type('LDAP_BIND_DN', slapd.bindDn)
    await type('LDAP_BIND_PASSWORD', 'not the password')
    await next('People')
    await type('LDAP_BASE_DN', slapd.baseDn)
    await keyboard.press('Control+Enter')
    await expect(page.locator('[data-stage="bind"]')).toHaveAttribute('data-status', 'failed')
    await page.screenshot({ path: test.info().outputPath('failed.png') })

    await page.getByRole('button', { name: '3. Service account' }).press('Enter')
    await page.getByLabel('LDAP_BIND_PASSWORD').fill(slapd.bindPassword)
    await expect(page.getByText('This result is of an earlier draft.')).toBeVisible()
    await keyboard.press('Control+Enter')
    await expect(page.getByText('This result is of an earlier draft.')).toHaveCount(0)
    await expect(page.locator('[data-stage="bind"]')).toHaveAttribute('data-status', 'passed')
    await expect(page.locator('[data-stage="users"]')).toHaveAttribute('data-status', 'passed')

    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toContainText('What you changed in this draft is lost.')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.getByRole('button', { name: '6. Test and save' }).press('Enter')
    await page.screenshot({ path: test.info().outputPath('save.png') })
    await page.getByRole('button', { name: 'Save default' }).press('Enter')
    await expect(page.getByText(/settings? counts? from now on/)).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()

    const file = readFileSync(join(home, 'profiles/default.env'), 'utf8')
    expect(file).toContain(`LDAP_PORT=${slapd.ldapsPort}\n`)
    expect(file).not.toContain(slapd.bindPassword)
    await goTo(page, '#/ldap')
    await page.getByRole('button', { name: 'Test', exact: true }).press('Enter')
    await expect(page.locator('[data-stage="bind"]')).toHaveAttribute('data-status', 'passed')

    await goTo(page, '#/settings/edit?guide=ldap')
    await page.getByLabel('LDAP_PORT').fill(String(slapd.ldapPort))
    await page.getByRole('button', { name: '3. Service account' }).press('Enter')
    await expect(page.getByText(/LDAP_BIND_PASSWORD must be typed again/)).toBeVisible()
    await keyboard.press('Control+Enter')
    await expect(page.locator('[data-stage="bind"]')).not.toHaveAttribute('data-status', 'passed')
    expect(await page.content()).not.toContain(slapd.bindPassword)
    await keyboard.press('Escape')
    await page.getByRole('button', { name: 'Discard the draft' }).press('Enter')
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
    expect(desk.complaints).toEqual([])
  })
  folder.remove()
})

test('no way out of a changed draft loses it without a question', async () => {
  await inConsole({}, async ({ page, app, complaints }) => {
    await createFirstAdmin(page)
    await goTo(page, '#/settings')
    await page.getByRole('button', { name: 'Edit…' }).click()
    await page.getByLabel('SESSION_MAX_HOURS').click()
    await page.keyboard.type('6')
    const question = page.getByRole('dialog', { name: 'Leave without saving?' })
    const ways: Readonly<Record<string, () => Promise<unknown>>> = {
      navigation: () => page.getByRole('link', { name: 'Overview' }).click(),
      Back: () => page.evaluate(() => window.history.back()),
      palette: async () => {
        await page.keyboard.press('Control+k')
        await expect(page.getByPlaceholder('Page, account name, e-mail…')).toBeFocused()
        await page.keyboard.type('Sessions')
        await page.keyboard.press('Enter')
      },
      Escape: () => page.keyboard.press('Escape'),
      cancel: () => page.getByRole('button', { name: 'Cancel' }).click(),
      window: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
      quit: () => app.evaluate((electron) => electron.app.quit()),
    }
    for (const [name, go] of Object.entries(ways)) {
      await go()
      await expect(question, name).toContainText('What you changed in this draft is lost.')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog'), name).toHaveCount(0)
      await expect(page.getByLabel('SESSION_MAX_HOURS'), name).toHaveValue('6')
    }
    await ways['Back']?.()
    await page.getByRole('button', { name: 'Discard the draft' }).click()
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
    await page.getByRole('link', { name: 'Overview' }).click()
    await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
    expect(complaints).toEqual([])
  })
})
