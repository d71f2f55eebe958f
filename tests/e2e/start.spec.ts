import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { inConsole, temporaryFolder } from '../support/console'

const repository = join(import.meta.dirname, '..', '..')

interface Ended {
  readonly status: number | null
  readonly output: string
}

/** Runs a program to its end. */
function run(command: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(command, args, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })))
}

/** Runs `npm start`'s script; `until` ends it with SIGINT as soon as that text was printed. */
function start(flags: readonly string[], how: { until?: string; temporary?: string } = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['build/start.mjs', ...flags], {
    cwd: repository,
    env: { ...process.env, ...(how.temporary && { TMPDIR: how.temporary }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const read = (chunk: Buffer): void => {
    output += chunk.toString()
    if (how.until !== undefined && output.includes(how.until)) child.kill('SIGINT')
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })))
}

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

test('the demo’s screenshot is a picture of the page, and nothing of the demo stays', async () => {
  const folder = temporaryFolder()
  const file = test.info().outputPath('ldap.png')
  mkdirSync(join(file, '..'), { recursive: true })
  const flags = ['--demo', '--page', '/ldap', '--screenshot', file]
  const { status, output } = await start(flags, { temporary: folder.path })
  expect(output).toMatch(/^ready {2}page \/ldap {2}database \S+ {2}log \S+$/m)
  expect(status).toBe(0)
  const picture = readFileSync(file)
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  expect(picture.length).toBeGreaterThan(20_000)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder.path).filter((name) => name.startsWith('authdesk-'))).toEqual([])
  folder.remove()
})

test('Ctrl+C ends the console with status 130', async () => {
  const home = temporaryFolder()
  const { status } = await start(['--home', join(home.path, 'home')], { until: 'ready ' })
  expect(status).toBe(130)
  const modes = ['', 'authdesk.sqlite', 'profiles', 'logs', join('logs', 'authdesk.log')].map((name) => {
    return statSync(join(home.path, 'home', name)).mode & 0o077
  })
  expect(modes).toEqual([0, 0, 0, 0, 0])
  home.remove()
})

test('a damaged database has its own page, stays as it is, and makes a screenshot fail', async () => {
  const folder = temporaryFolder()
  const home = join(folder.path, 'home')
  mkdirSync(home)
  const file = join(home, 'authdesk.sqlite')
  writeFileSync(file, 'this was a database once '.repeat(400))
  const before = hashOf(file)
  await inConsole({ home }, async ({ page }) => {
    await expect(page.getByText('The file is not a database, or it is damaged')).toBeVisible()
    await expect(page.getByText('DB_CORRUPT')).toBeVisible()
    await expect(page.getByText(file)).toBeVisible()
  })
  const { status, output } = await start(['--home', home, '--screenshot', join(folder.path, 'page.png')])
  expect(output).toContain('DB_CORRUPT')
  expect(status).toBe(1)
  expect(hashOf(file)).toBe(before)
  folder.remove()
})

test('an unknown flag is refused with the usage', async () => {
  const { status, output } = await start(['--demonstration'])
  expect(status).toBe(2)
  expect(output).toContain('--screenshot FILE')
})

test('a settings file says nothing to Node itself', async () => {
  const folder = temporaryFolder()
  const intruder = join(folder.path, 'intruder.cjs')
  const envFile = join(folder.path, 'sign-in.env')
  writeFileSync(intruder, "console.log('INTRUDER')\n")
  writeFileSync(envFile, `NODE_OPTIONS=--require ${intruder}\nAUTH_METHOD=local\n`, { mode: 0o600 })
  const home = join(folder.path, 'home')
  for (const [command, ...args] of [
    [join(repository, 'out', 'cli', 'authdesk.js'), 'config', 'check', '--home', home, '--env-file', envFile],
    [
      'npm',
      'start',
      '--silent',
      '--',
      '--home',
      home,
      '--env-file',
      envFile,
      '--screenshot',
      join(folder.path, 'page.png'),
    ],
  ] as const) {
    const { status, output } = await run(command, args)
    expect({ status, intruder: output.includes('INTRUDER') }, command).toEqual({ status: 0, intruder: false })
  }
  folder.remove()
})
