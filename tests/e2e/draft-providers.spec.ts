import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { createFirstAdmin, goTo, inConsole, temporaryFolder } from '../support/console'
import { startProvider, type RunningProvider } from '../support/oidc-provider'

let provider: RunningProvider
test.beforeAll(async () => {
  provider = await startProvider()
})
test.afterAll(async () => {
  await provider.stop()
})

test('providers are set up by the keyboard, tested as a draft, saved, added and removed', async () => {
  const folder = temporaryFolder()
  const home = join(folder.path, 'home')
  const file = () => readFileSync(join(home, 'profiles/default.env'), 'utf8')
  await inConsole({ home }, async ({ page, complaints }) => {
    const { keyboard } = page
    const type = async (name: string, value: string) => {
      await page.getByLabel(name, { exact: true }).focus()
      await keyboard.press('Control+a')
      await keyboard.insertText(value)
    }
    const next = async (step: string) => {
      await keyboard.press('Enter')
      await expect(page.getByRole('heading', { name: step, level: 2 })).toBeVisible()
    }
    const stage = (id: string) => page.locator(`[data-stage="${id}"]`)
    await createFirstAdmin(page)
    await goTo(page, '#/settings')
    await page.getByRole('button', { name: 'Set up OpenID Connect…' }).press('Enter')
    await page.getByLabel('Start from').selectOption('Keycloak')
    await expect(page.getByLabel('OIDC_ISSUER', { exact: true })).toHaveValue('https://{host}/realms/{realm}')
    await page.getByLabel('AUTH_METHOD').selectOption('both')
    await type('OIDC_ISSUER', `${provider.issuer}/other`)
    await next('Client')
    await type('OIDC_CLIENT_ID', provider.clientId)
    await type('OIDC_CLIENT_SECRET', provider.clientSecret)
    await next('Claims')
    await next('Register')
    await expect(page.getByText(/Valid redirect URIs/)).toBeVisible()
    await expect(page.getByText('http://127.0.0.1').first()).toBeVisible()
    await keyboard.press('Control+Enter')
    await expect(stage('discovery')).toHaveAttribute('data-status', 'failed')

    await page.getByRole('button', { name: '1. Provider' }).press('Enter')
    await type('OIDC_ISSUER', provider.issuer)
    await expect(page.getByText('This result is of an earlier draft.')).toBeVisible()
    await keyboard.press('Control+Enter')
    await expect(page.getByText('This result is of an earlier draft.')).toHaveCount(0)
    await expect(stage('client')).toHaveAttribute('data-status', 'passed')
    await page.getByRole('button', { name: '5. Test and save' }).press('Enter')
    await page.screenshot({ path: test.info().outputPath('save.png') })
    await page.getByRole('button', { name: 'Save default' }).press('Enter')
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
    expect(file()).toContain(`OIDC_ISSUER=${provider.issuer}\n`)
    expect(file()).not.toContain(provider.clientSecret)

    await page.getByRole('button', { name: 'Set up OpenID Connect…' }).press('Enter')
    await page.getByRole('button', { name: 'Add a provider' }).press('Enter')
    await type('OIDC_PROVIDER_2_NAME', 'Second')
    await type('OIDC_PROVIDER_2_ISSUER', 'https://second.example.test')
    await page.getByRole('button', { name: '2. Client' }).press('Enter')
    await type('OIDC_PROVIDER_2_CLIENT_ID', 'desk')
    await page.getByRole('button', { name: '1. Provider' }).press('Enter')
    await expect(page.getByRole('combobox', { name: 'Provider', exact: true })).toHaveValue('2')
    await page.screenshot({ path: test.info().outputPath('second.png') })
    await page.getByRole('button', { name: '5. Test and save' }).press('Enter')
    await page.getByRole('button', { name: 'Save default' }).press('Enter')
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
    expect(file()).toContain(`OIDC_PROVIDER_1_ISSUER=${provider.issuer}\n`)
    expect(file()).toContain('OIDC_PROVIDER_2_NAME=Second\n')
    expect(file()).not.toContain('OIDC_ISSUER=')

    await page.getByRole('button', { name: 'Set up OpenID Connect…' }).press('Enter')
    await page.getByRole('button', { name: 'Remove this provider' }).press('Enter')
    await expect(page.getByLabel('OIDC_PROVIDER_1_NAME')).toHaveValue('Second')
    await page.getByRole('button', { name: '5. Test and save' }).press('Enter')
    await page.getByRole('button', { name: 'Save default' }).press('Enter')
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
    expect(file()).toContain('OIDC_PROVIDER_1_NAME=Second\n')
    expect(file()).not.toContain('OIDC_PROVIDER_2_')
    expect(complaints).toEqual([])
  })
  folder.remove()
})
