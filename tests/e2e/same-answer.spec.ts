import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { reportSchema } from '../../src-main/contract/reports'
import type { Ladder } from '../../src-main/contract/ldap'
import type { DirectoryExplanation } from '../../src-main/contract/ldap-explain'
import { createFirstAdmin, goTo, inConsole } from '../support/console'
import { startSlapd, type Slapd } from '../support/slapd'

/** The LDAP page says what the command line's JSON says, for each kind of answer. */
let slapd: Slapd
let home: string
test.beforeAll(async () => {
  slapd = await startSlapd()
  home = mkdtempSync(join(tmpdir(), 'authdesk-same-'))
  mkdirSync(join(home, 'profiles'))
})
test.afterAll(async () => {
  rmSync(home, { recursive: true, force: true })
  await slapd.stop()
})

function settings(changes: Readonly<Record<string, string | number>>) {
  return {
    ...{ AUTH_METHOD: 'all', OIDC_ISSUER: 'https://id.example.test', OIDC_CLIENT_ID: 'authdesk' },
    ...{ LDAP_HOST: 'localhost', LDAP_PORT: slapd.ldapsPort, LDAP_USE_SSL: 'true' },
    ...{ LDAP_TLS_CA_CERT_FILE: slapd.caFile, LDAP_BASE_DN: slapd.baseDn, LDAP_BIND_DN: slapd.bindDn },
    ...{ LDAP_BIND_PASSWORD: slapd.bindPassword, LDAP_USER_DN: 'ou=people', LDAP_TIMEOUT: 5 },
    ...changes,
  }
}

/** By the window's own runtime: another one would agree on another cipher. */
async function cli(envFile: string, ...args: readonly string[]): Promise<unknown> {
  const runtime = process.env['AUTHDESK_ELECTRON'] ?? ''
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const all = [
    '--',
    join('out', 'cli', 'authdesk.js'),
    ...args,
    '--json',
    '--env-file',
    envFile,
    '--home',
    home,
  ]
  // What is not well ends with another code than 0, and is an answer too.
  const stdout = await new Promise<string>((resolve) => {
    execFile(runtime, all, { env }, (_error, text) => resolve(text))
  })
  return JSON.parse(stdout)
}

const seconds = /^\d+(?:\.\d)? (?:ms|s)$/

async function shownStages(page: Page) {
  const rungs = page.locator('[data-stage]')
  for (const rung of await rungs.all()) {
    const fold = rung.getByRole('button', { expanded: false }).first()
    if ((await fold.count()) > 0) await fold.click()
  }
  return rungs.evaluateAll((items) =>
    items.map((item) => {
      const rows = [...item.querySelectorAll('[role="group"] dt')].map((label) => ({
        label: label.textContent,
        value: label.nextElementSibling?.textContent ?? '',
      }))
      const chain = [...item.querySelectorAll('ol > li')].map((link) => link.textContent)
      return {
        id: item.getAttribute('data-stage'),
        status: item.getAttribute('data-status'),
        text: item.textContent,
        rows,
        chain,
      }
    }),
  )
}

/** Times differ from run to run, and so does who answers first among equals; nothing else may. */
const steady = (value: string) => (seconds.test(value) ? 'time' : value)

const fixtures: readonly (readonly [string, Readonly<Record<string, string | number>>])[] = [
  ['all is well', { LDAP_REQUIRED_GROUP: 'staff' }],
  ['a wrong bind password', { LDAP_BIND_PASSWORD: 'not the password' }],
  ['a base that does not exist', { LDAP_BASE_DN: 'dc=elsewhere,dc=test', LDAP_USER_DN: '' }],
  ['a group that does not exist', { LDAP_REQUIRED_GROUP: 'no-such-group' }],
  ['an authority that nobody trusts', { LDAP_TLS_CA_CERT_FILE: '' }],
  ['a port that nobody listens on', { LDAP_PORT: 1 }],
]

for (const [name, changes] of fixtures) {
  test(`the page and the command line say the same: ${name}`, async () => {
    const values = settings(changes)
    const envFile = join(home, `${name.replaceAll(' ', '-')}.env`)
    const lines = Object.entries(values).map(([key, value]) => `${key}="${value}"`)
    writeFileSync(envFile, `${lines.join('\n')}\n`, { mode: 0o600 })
    const ladder = (await cli(envFile, 'ldap', 'test', '--user', 'grace')) as Ladder
    const story = (await cli(envFile, 'ldap', 'explain', 'grace')) as DirectoryExplanation

    await inConsole({ settings: values }, async ({ app, page, complaints }) => {
      await createFirstAdmin(page)
      await goTo(page, '#/ldap')
      await page.getByLabel('User name').fill('grace')
      await page.keyboard.press('Control+Enter')
      await expect(page.getByText(ladder.summary).first()).toBeVisible()
      const shown = await shownStages(page)
      expect(shown.map(({ id, status }) => ({ id, status }))).toEqual(
        ladder.stages.map(({ id, status }) => ({ id, status })),
      )
      for (const [at, stage] of ladder.stages.entries()) {
        const { text, rows, chain } = shown[at] ?? { text: '', rows: [], chain: [] }
        expect(text).toContain(stage.summary)
        expect(text).toContain(stage.code ?? '')
        expect(text).toContain(stage.next ?? '')
        expect(rows.map(({ label, value }) => ({ label, value: steady(value) }))).toEqual(
          stage.detail.map(({ label, value }) => ({ label, value: steady(value) })),
        )
        const drawn = stage.chain?.certificates ?? []
        expect(chain).toHaveLength(drawn.length + (stage.chain?.missing ? 1 : 0))
        for (const { subject, fingerprint } of drawn) {
          expect(chain.some((link) => link.includes(subject) && link.includes(fingerprint))).toBe(true)
        }
      }

      const file = join(home, `${name.replaceAll(' ', '-')}.json`)
      await app.evaluate(({ dialog }, path) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
      }, file)
      await page.getByRole('button', { name: 'Save report' }).click()
      await page.getByRole('menuitem', { name: 'JSON, for programs' }).click()
      await expect(page.getByText(file)).toBeVisible()
      const written = readFileSync(file, 'utf8')
      expect(written).not.toContain(slapd.bindPassword)
      const [subject] = reportSchema.parse(JSON.parse(written)).subjects
      expect(subject?.stages.map(({ id, status, code }) => ({ id, status, code }))).toEqual(
        ladder.stages.map(({ id, status, code }) => ({ id, status, code })),
      )

      await page.getByLabel('Whose sign-in').fill('grace')
      await page.getByRole('button', { name: 'Explain', exact: true }).first().click()
      const region = page.getByRole('region', { name: 'Explanation of the person' })
      await expect(region).toContainText(story.decision.reason)
      const said = await region.evaluate((element) => element.textContent)
      expect(said).toContain(story.decision.code ?? '')
      for (const { raw, value } of story.fields) {
        expect(said).toContain(value ?? '')
        for (const one of raw) expect(said).toContain(one)
      }
      for (const { name: attribute, values } of story.entry?.attributes ?? []) {
        expect(said).toContain(attribute + values.join(', '))
      }
      for (const { dn, name: group } of story.groups) {
        expect(said).toContain(group)
        await expect(region.locator('svg title').getByText(dn, { exact: true })).toHaveCount(1)
      }
      await expect(region.getByRole('listitem')).toHaveCount(story.groups.length + story.unmatched.length)
      expect(complaints).toEqual([])
    })
  })
}
