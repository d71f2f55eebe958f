/// <reference lib="dom" />
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test'

const repository = join(import.meta.dirname, '..', '..')

export interface ConsoleStart {
  readonly home?: string
  /** The lines of a settings file that takes the profile's place; without any, the home's own profile counts. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>
  readonly flags?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export interface RunningConsole {
  readonly app: ElectronApplication
  readonly page: Page
  /** Everything that the page wrote to its console as an error or a warning, and what it threw. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

/** A folder that is thrown away after the test. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'authdesk-e2e-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** The test's own environment without what would change the console's settings. */
function cleanEnvironment(): Record<string, string> {
  const foreign = /^(LDAP_|OIDC_|AUTH_|AUTHDESK_HOME|BROWSER$|ELECTRON_RUN_AS_NODE|.*_proxy$)/i
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || foreign.test(name) ? [] : [[name, value]],
    ),
  )
}

function electronPath(): string {
  const path = process.env['AUTHDESK_ELECTRON']
  if (!path) throw new Error('AUTHDESK_ELECTRON names no Electron; run the tests with npm run test:e2e')
  return path
}

/** Starts the built console in a real Electron window and waits for its first page. */
export async function startConsole(start: ConsoleStart = {}): Promise<RunningConsole> {
  const folder = temporaryFolder()
  const envFile = join(folder.path, 'sign-in.env')
  const lines = Object.entries(start.settings ?? {}).map(([name, value]) => `${name}="${value}"`)
  writeFileSync(envFile, `${lines.join('\n')}\n`, { mode: 0o600 })
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const demo = start.flags?.includes('--demo') === true
  const demoHome = join(folder.path, 'demo')
  mkdirSync(demoHome)
  const settings = start.settings === undefined ? [] : ['--env-file', envFile]
  const home = demo ? [] : ['--home', start.home ?? join(folder.path, 'home'), ...settings]
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [...sandbox, '--disable-gpu', repository, ...home, ...(start.flags ?? [])],
    env: {
      ...cleanEnvironment(),
      AUTHDESK_RUNTIME: 'development',
      AUTHDESK_DEMO_HOME: demoHome,
      ...start.environment,
    },
    cwd: repository,
  })
  const complaints: string[] = []
  const page = await app.firstWindow()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.waitForLoadState('domcontentloaded')
  return {
    app,
    page,
    complaints,
    close: async () => {
      await app.close()
      folder.remove()
    },
  }
}

/** Runs a test in a console of its own; a failing one leaves a picture of the window. */
export async function inConsole(
  start: ConsoleStart,
  work: (desk: RunningConsole) => Promise<void>,
): Promise<void> {
  const desk = await startConsole(start)
  try {
    await work(desk)
  } catch (error) {
    await desk.page.screenshot({ path: test.info().outputPath('window.png') }).catch(() => undefined)
    // A page with something unsaved would ask before the window closes.
    await desk.app.evaluate(({ app }) => app.exit(1)).catch(() => undefined)
    throw error
  } finally {
    await desk.close()
  }
}

export const admin = {
  username: 'root.admin',
  email: 'root.admin@example.test',
  password: 'quartz meadow violin lantern',
} as const

/** Makes the first administrator, who is signed in afterwards. */
export async function createFirstAdmin(page: Page): Promise<void> {
  await page.getByLabel('User name').fill(admin.username)
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password', { exact: true }).fill(admin.password)
  await page.getByLabel('Repeat the password').fill(admin.password)
  await page.getByRole('button', { name: 'Create the administrator' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
}

/** Types a name and a password into the sign-in form. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Account and theme|Signed in as/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
}

/** Asks the core as the window's own script could, past every page. */
export async function forgedRequest(page: Page, path: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    ([procedure, value]) => {
      const bridge = (
        window as unknown as { authdesk: { request: (path: string, input: unknown) => Promise<unknown> } }
      ).authdesk
      return bridge.request(procedure as string, value)
    },
    [path, input],
  )
}

export async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, route)
}

/** A helpdesk member and an ordinary account, made through the door as the administrator would. */
export async function createAccounts(page: Page): Promise<void> {
  for (const [username, role] of [
    ['help.desk', 'helpdesk'],
    ['olivia', 'user'],
  ]) {
    const answer = await forgedRequest(page, 'users.create', {
      username,
      email: `${username}@example.test`,
      role,
      password: `${username} walks under copper bridges`,
    })
    expect(answer).toMatchObject({ ok: true })
  }
  for (const [username, authProvider] of [
    ['dirk', 'ldap'],
    ['sandra', 'oidc'],
  ]) {
    const answer = await forgedRequest(page, 'users.create', { username, email: null, authProvider })
    expect(answer).toMatchObject({ ok: true })
  }
}
