import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import {
  createFirstAdmin,
  forgedRequest,
  goTo,
  inConsole,
  temporaryFolder,
  type RunningConsole,
} from '../support/console'
import { startCuttingProxy } from '../support/cutting-proxy'
import { addedPerson, ldapModify, withRoot } from '../support/ldap-modify'
import { startSlapd, type Slapd } from '../support/slapd'

let slapd: Slapd

test.beforeAll(async () => {
  slapd = await startSlapd({ databaseConfig: withRoot })
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
    LDAP_PAGE_SIZE: 3,
    LDAP_TIMEOUT: 5,
    ...changes,
  }
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const shot = (page: Page, name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) })

async function answerSave({ app }: RunningConsole, path: string): Promise<void> {
  await app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file })
  }, path)
}

async function seriousFaults(page: Page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return serious.map(({ id, nodes }) => [id, nodes[0]?.html])
}

const gone = ['vera', 'willem', 'xenia'] as const

test('a sync is previewed, filtered, exported, applied, held back by the valve, and undone', async () => {
  test.slow()
  const folder = temporaryFolder()
  ldapModify(slapd, gone.map((uid) => addedPerson(uid)).join(''))
  await inConsole({ settings: settings() }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await page.getByRole('link', { name: 'Sync', exact: true }).click()
    await expect(page.getByText('There is no preview')).toBeVisible()
    await shot(page, 'none')
    await button(page, 'Preview').first().click()
    await expect(page.getByText(/^\d+ accounts would be changed$/)).toBeFocused()
    const table = page.getByRole('grid', { name: 'What the sync would do' })
    await expect(table.getByRole('row', { name: /create grace/ })).toContainText('grace@example.test')
    expect(await seriousFaults(page)).toEqual([])
    await shot(page, 'preview')

    await button(page, /^The entry has no e-mail address/).click()
    await expect(table.getByRole('row')).toHaveCount(2)
    await expect(page.getByText(/^1 of \d+ entries/)).toBeVisible()
    const file = join(folder.path, 'skipped.csv')
    await answerSave(desk, file)
    await button(page, 'Export').click()
    await page.getByRole('menuitem', { name: 'This list as CSV…' }).click()
    await expect(page.getByText('1 entry was written')).toBeVisible()
    expect(readFileSync(file, 'utf8')).toContain('uid=nomail')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await button(page, 'Explain LDAP_USER_NO_EMAIL').click()
    await expect(page.getByRole('dialog', { name: 'LDAP_USER_NO_EMAIL' })).toContainText(
      'LDAP_USER_EMAIL_ATTR',
    )
    await page.keyboard.press('Escape')
    await button(page, 'Clear all filters').click()

    await table.focus()
    await page.keyboard.press('Enter')
    const entry = page.getByRole('complementary')
    await expect(entry.getByRole('columnheader', { name: 'Before' })).toBeVisible()
    await shot(page, 'entry')
    await page.keyboard.press('Escape')
    await expect(entry).toHaveCount(0)

    await button(page, /^Apply: create \d+$/).click()
    await expect(page.getByRole('dialog')).toContainText('These people sign in with the directory.')
    await shot(page, 'apply')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Apply: create/ })
      .click()
    await expect(page.getByText(/^Applied: created \d+$/)).toBeFocused()
    await shot(page, 'applied')

    ldapModify(
      slapd,
      gone.map((uid) => `dn: uid=${uid},ou=people,${slapd.baseDn}\nchangetype: delete\n`).join('\n'),
    )
    await button(page, 'Preview').first().click()
    await expect(page.getByText('3 accounts would be disabled, which is more than usual')).toBeVisible()
    await expect(table.getByRole('row', { name: /disable vera not in the directory any more/ })).toBeVisible()
    await page.getByText(/^Safety valve/).click()
    await shot(page, 'valve')
    await button(page, 'Apply: disable 3').click()
    const dialog = page.getByRole('dialog', { name: 'Apply this preview' })
    const apply = dialog.getByRole('button', { name: 'Apply: disable 3' })
    await expect(apply).toBeDisabled()
    await dialog.getByRole('textbox').fill('2')
    await expect(apply).toBeDisabled()
    await dialog.getByRole('textbox').fill('3')
    await shot(page, 'typed')
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect(page.getByText('Applied: disabled 3')).toBeVisible()
    await goTo(page, '#/users?search=vera')
    await expect(page.getByRole('row', { name: /vera/ })).toContainText('disabled')

    await goTo(page, '#/sync?view=runs')
    const runs = page.getByRole('table', { name: 'Runs' })
    await expect(runs.getByRole('row')).toHaveCount(3)
    const newest = runs.getByRole('row').nth(1)
    await expect(newest).toContainText('disabled 3')
    await newest.getByRole('button').click()
    const run = page.getByRole('complementary', { name: 'Run' })
    await expect(run.getByRole('listitem')).toHaveCount(3)
    expect(await seriousFaults(page)).toEqual([])
    await shot(page, 'run')
    await run.getByRole('button', { name: 'Undo…' }).click()
    await shot(page, 'undo')
    await button(page, 'Undo the run').click()
    await expect(page.getByText('3 accounts were given back what the run had changed.')).toBeVisible()
    await shot(page, 'undone')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await expect(newest).toContainText('undone')
    await goTo(page, '#/users?search=vera')
    await expect(page.getByRole('row', { name: /vera/ })).toContainText('enabled')
    expect(desk.complaints).toEqual([])
  })
  folder.remove()
})

test('a running preview is cancelled and nothing is lost; what cannot go on says why and what to do', async () => {
  test.slow()
  const proxy = await startCuttingProxy({ host: slapd.host, port: slapd.ldapsPort })
  await inConsole({ settings: settings({ LDAP_PORT: proxy.port, LDAP_TIMEOUT: 60 }) }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await goTo(page, '#/sync')
    const preview = button(page, 'Preview').first()
    proxy.cutAfter(Infinity)
    await preview.click()
    await expect(page.getByText(/^\d+ accounts would be changed$/)).toBeVisible()

    // Nine tenths of what the server sends: the first people are read, the last are not.
    const most = Math.floor(proxy.passed() * 0.9)
    proxy.holdAfter(most)
    await preview.click()
    await expect(page.getByText(/^Reading the directory: \d+ people/)).toBeVisible()
    await shot(page, 'running')
    await goTo(page, '#/users')
    await expect(page.getByRole('region', { name: 'Running work' })).toContainText('Sync preview')
    await goTo(page, '#/sync')
    await expect(page.getByText('Cancelling changes no account.')).toBeVisible()
    await button(page, 'Cancel').click()
    await expect(page.getByText('The preview was cancelled. No account was changed.')).toBeVisible()
    await expect(page.getByText(/^\d+ accounts would be changed$/)).toBeVisible()
    await shot(page, 'cancelled')

    proxy.holdAfter(most)
    const other = forgedRequest(page, 'sync.preview', { runId: 'other' })
    await expect.poll(() => proxy.passed()).toBeGreaterThanOrEqual(most)
    await preview.click()
    await expect(page.getByText('A synchronisation is already running')).toBeVisible()
    await shot(page, 'already')
    await forgedRequest(page, 'app.cancel', { runId: 'other' })
    expect(await other).toMatchObject({ ok: false, error: { code: 'CANCELLED' } })

    proxy.cutAfter(most)
    await button(page, 'Preview again').click()
    await expect(
      page.getByText('The directory was not read to its end: nothing can be applied'),
    ).toBeVisible()
    await expect(button(page, /^Apply/)).toHaveCount(0)
    await shot(page, 'partial')

    proxy.cutAfter(Infinity)
    await button(page, 'Try again').click()
    await expect(page.getByText(/^\d+ accounts would be changed$/)).toBeVisible()
    await forgedRequest(page, 'users.create', {
      ...{ username: 'grace', email: null, role: 'user', password: 'grace walks under copper bridges' },
    })
    await button(page, /^Apply: create \d+$/).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Apply/ })
      .click()
    await expect(page.getByText('Accounts have changed since this preview')).toBeVisible()
    await shot(page, 'stale')
    await expect(button(page, /^Apply/)).toHaveCount(0)
    await page.getByRole('alert').getByRole('button', { name: 'Preview again' }).click()
    await expect(page.getByRole('row', { name: /skip grace/ })).toContainText('NAME_TAKEN')

    await proxy.stop()
    await preview.click()
    await expect(button(page, 'Explain LDAP_CONNECT_REFUSED')).toBeVisible()
    await shot(page, 'down')
    expect(desk.complaints).toEqual([])
  })
})

test('without a directory the page says what is missing', async () => {
  await inConsole({ settings: { AUTH_METHOD: 'local' } }, async ({ page, complaints }) => {
    await createFirstAdmin(page)
    await goTo(page, '#/sync')
    await expect(page.getByText('No directory is configured')).toBeVisible()
    await expect(button(page, 'Preview')).toHaveCount(0)
    await expect(page.getByRole('link', { name: 'Open the settings' })).toBeVisible()
    expect(complaints).toEqual([])
  })
})

test('the demo previews its sample directory, in the dark too', async () => {
  await inConsole({ flags: ['--demo'] }, async ({ page, complaints }) => {
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await goTo(page, '#/sync')
    await button(page, 'Preview').first().click()
    await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible()
    await shot(page, 'demo')
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await seriousFaults(page)).toEqual([])
    await shot(page, 'demo-dark')
    expect(complaints).toEqual([])
  })
})
