/// <reference lib="dom" />
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { createFirstAdmin, goTo, inConsole } from '../support/console'
import { seedLdif } from '../support/slapd-seed'

const settings = {
  AUTH_METHOD: 'all',
  OIDC_ISSUER: 'https://id.example.test',
  OIDC_CLIENT_ID: 'authdesk',
  LDAP_HOST: 'ldap.example.test',
  LDAP_USE_SSL: true,
  LDAP_BASE_DN: 'dc=example,dc=test',
  LDAP_BIND_DN: 'cn=reader,dc=example,dc=test',
  LDAP_BIND_PASSWORD: 'never-sent',
  LDAP_USER_DN: 'ou=people',
  LDAP_REQUIRED_GROUP: 'staff',
}

/** Lets a file fall on the page, as a file manager would. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([file, text]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text ?? ''], file ?? ''))
      return transfer
    },
    [name, content],
  )
  await page.getByText('Drop a file here').dispatchEvent('drop', { dataTransfer: data })
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([])
}

async function explain(page: Page, text: string): Promise<void> {
  await page.getByLabel('Text to explain').fill(text)
  await page.getByRole('button', { name: 'Explain', exact: true }).last().click()
}

function certificate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-lab-e2e-'))
  const file = join(folder, 'cert.pem')
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const subject = ['-subj', '/CN=other.example.test', '-addext', 'subjectAltName=DNS:other.example.test']
  const out = ['-keyout', join(folder, 'key.pem'), '-out', file, '-days', '30']
  execFileSync('openssl', ['req', '-x509', ...key, ...subject, ...out], { stdio: 'ignore' })
  const pem = readFileSync(file, 'utf8')
  rmSync(folder, { recursive: true })
  return pem
}

test('a dropped file is the directory: who is in it, one person, a filter, a sync', async () => {
  await inConsole({ settings }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await goTo(page, '#/lab')
    await drop(page, 'directory.ldif', seedLdif())
    await expect(page.getByText('People whom the settings find')).toBeVisible()

    await page.getByRole('button', { name: 'Test the file' }).click()
    await expect(page.locator('[data-stage="users"]')).toHaveAttribute('data-status', 'passed')
    await expect(page.locator('[data-stage="tcp"]')).toHaveCount(0)

    await page.getByLabel('Whose sign-in').fill('ada')
    await page.getByLabel('Whose sign-in').press('Enter')
    await expect(page.getByRole('region', { name: 'Explanation of the person' })).toContainText('uid=ada')

    await page.getByLabel('Search filter').fill('(&(objectClass=inetOrgPerson)(title=nothing))')
    await page.getByRole('button', { name: 'Try it' }).click()
    const parts = page.getByRole('table', { name: 'The parts of the filter' })
    await expect(parts.getByRole('row', { name: /title=nothing/ })).toContainText('0')
    await page.getByLabel('Search filter').fill('(&(uid=ada)')
    await page.getByRole('button', { name: 'Try it' }).click()
    await expect(page.getByText('(&(uid=ada)').last()).toContainText('^')

    await page.getByRole('button', { name: 'Preview a sync' }).click()
    await expect(page.getByRole('table', { name: 'What would change' })).toContainText('ada')
    await goTo(page, '#/users')
    await expect(page.getByRole('row', { name: /root.admin/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /ada/ })).toHaveCount(0)
    await goTo(page, '#/lab')
    await expect(page.getByText('directory.ldif').first()).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('lab.png') })
    await expectAccessible(page)
    expect(desk.complaints).toEqual([])
  })
})

test('an error, a token, a certificate and an earlier report are explained', async () => {
  await inConsole({ settings }, async (desk) => {
    const { page } = desk
    await createFirstAdmin(page)
    await goTo(page, '#/lab')
    const result = page.getByRole('region', { name: 'Explanation' })
    await explain(
      page,
      '80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 775, v4563',
    )
    await expect(result).toContainText('LDAP_USER_LOCKED')
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    await explain(page, `${encode({ alg: 'none' })}.${encode({ sub: 'u1' })}.`)
    await expect(result).toContainText('OIDC_ID_TOKEN_ALGORITHM')
    await explain(page, certificate())
    await expect(result).toContainText('LDAP_TLS_HOSTNAME')
    const stage = { id: 'bind', status: 'failed', code: 'LDAP_BIND_CREDENTIALS', ms: 4, summary: 'Refused' }
    const ladder = {
      ...{ ok: false, target: { host: 'ldap.example.test', port: 636, encryption: 'ldaps' } },
      ...{ summary: 'The directory refuses the service account' },
      stages: [{ ...stage, detail: [], next: 'Set the password' }],
    }
    await drop(page, 'earlier.json', JSON.stringify(ladder))
    await expect(page.locator('[data-stage="bind"]')).toContainText('LDAP_BIND_CREDENTIALS')
    await page.screenshot({ path: test.info().outputPath('lab.png') })
    await expectAccessible(page)
    expect(desk.complaints).toEqual([])
  })
})
