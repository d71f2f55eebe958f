import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { goTo, startConsole, type RunningConsole } from '../support/console'

let desk: RunningConsole

test.beforeAll(async () => {
  desk = await startConsole({ flags: ['--demo'] })
  await desk.page.getByRole('heading', { name: 'Overview' }).waitFor()
})
test.afterAll(async () => {
  await desk.close()
})

const pages = [
  ['overview', 'Overview'],
  ['users', 'Accounts'],
  ['requests', 'Requests'],
  ['sessions', 'Sessions'],
  ['links', 'Pending links'],
  ['methods', 'Sign-in methods'],
  ['explain?name=ada.brandt', 'Explain'],
  ['impact', 'Impact'],
  ['ldap', 'LDAP'],
  ['sync', 'Sync'],
  ['oidc', 'OpenID Connect'],
  ['audit', 'Audit'],
  ['settings', 'Settings'],
  ['account', 'My account'],
  ['help', 'Help'],
] as const

for (const [id, title] of pages) {
  test(`the demo's page ${id} shows its data without a complaint`, async () => {
    const { page, complaints } = desk
    await goTo(page, `#/${id}`)
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
    await expect(page.getByText('Demo', { exact: true })).toBeVisible()
    await expect(page.locator('[data-loading="true"]')).toHaveCount(0)
    await page.screenshot({ path: test.info().outputPath(`${id.split('?')[0]}.png`) })
    expect(complaints).toEqual([])
  })
}

test('the LDAP test runs against the sample directory without a server', async () => {
  const { page } = desk
  await goTo(page, '#/ldap')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.locator('[data-stage="base"]')).toHaveAttribute('data-status', 'passed')
  await expect(page.locator('[data-stage="users"]')).toHaveAttribute('data-status', 'passed')
  await expect(page.locator('[data-stage="tcp"]')).toHaveCount(0)
})

test('a person of the directory is explained as a story', async () => {
  const { page, complaints } = desk
  await goTo(page, '#/ldap')
  await page.getByLabel('Whose sign-in').fill('ada.brandt')
  await page.keyboard.press('Enter')
  const story = page.getByRole('region', { name: 'Explanation of the person' })
  await expect(story.getByRole('table', { name: 'Fields of the account' })).toContainText('ada.brandt')
  await story.scrollIntoViewIfNeeded()
  await page.screenshot({ path: test.info().outputPath('story.png') })
  expect(complaints).toEqual([])
})

test('a directory’s error is explained from the keyboard, without a network', async () => {
  const { page, complaints } = desk
  await goTo(page, '#/ldap')
  await page.getByLabel('Text to explain').fill('ldap_bind: Invalid credentials (49) … data 775, v4563')
  await page.keyboard.press('Control+Enter')
  const explanation = page.getByRole('region', { name: 'Explanation', exact: true })
  await expect(explanation).toContainText('LDAP_USER_LOCKED')
  await page.screenshot({ path: test.info().outputPath('explained.png') })
  expect(complaints).toEqual([])
})

test('a provider’s error is explained from the keyboard, without a network', async () => {
  const { page, complaints } = desk
  await goTo(page, '#/oidc')
  await page.getByLabel('Text to explain').fill('AADSTS50011: The redirect URI does not match.')
  await page.keyboard.press('Control+Enter')
  const explanation = page.getByRole('region', { name: 'Explanation', exact: true })
  await expect(explanation).toContainText('OIDC_REDIRECT_MISMATCH')
  await expect(explanation).toContainText('Mobile and desktop applications')
  await page.screenshot({ path: test.info().outputPath('explained.png') })
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(explanation).toHaveCount(0)
  expect(complaints).toEqual([])
})

test('an account is found by typing and opened with the keyboard', async () => {
  const { page } = desk
  await goTo(page, '#/users')
  await page.getByRole('searchbox').fill('provider:ldap')
  await expect(page.getByRole('row').nth(1)).toContainText('ldap')
  await page.getByRole('searchbox').press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: /^Account / })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary', { name: /^Account / })).toHaveCount(0)
})

test('no page of the main job has a serious accessibility fault', async () => {
  const { page } = desk
  for (const id of ['overview', 'users', 'methods', 'ldap']) {
    await goTo(page, `#/${id}`)
    await expect(page.locator('[data-loading="true"]')).toHaveCount(0)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id: rule, nodes }) => [rule, nodes[0]?.html])).toEqual([])
  }
})
