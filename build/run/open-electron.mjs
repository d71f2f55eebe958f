import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitStatus } from '../provision/child.mjs'
import { repository } from '../provision/repository.mjs'
import { isChromiumNoise, passLines } from './chromium-noise.mjs'
import { startDependent } from './dependent.mjs'
import { electronFlags } from './electron-flags.mjs'

/**
 * Starts the built console and passes its own lines on; a demo's throw-away home goes with it.
 * @param {{ electron: { path: string, kind: string }, display?: { env: NodeJS.ProcessEnv }, args: string[] }} options
 * @returns {{ stop: () => void, ended: Promise<number> }} `ended` is the exit status
 */
export function openElectron({ electron, display, args }) {
  const demoHome = args.includes('--demo') ? mkdtempSync(join(tmpdir(), 'authdesk-demo-')) : undefined
  const situation = { uid: process.getuid?.(), virtualDisplay: display !== undefined, env: process.env }
  const env = { ...process.env, ...display?.env, AUTHDESK_RUNTIME: electron.kind }
  if (demoHome) env.AUTHDESK_DEMO_HOME = demoHome
  delete env.ELECTRON_RUN_AS_NODE
  const child = startDependent(electron.path, [...electronFlags(situation), repository, ...args], {
    cwd: repository,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    asks: 'leader',
  })
  const verbose = process.env.AUTHDESK_VERBOSE === '1'
  passLines(child.stdout, (line) => process.stdout.write(`${line}\n`))
  passLines(child.stderr, (line) => {
    if (verbose || !isChromiumNoise(line)) process.stderr.write(`${line}\n`)
  })
  // Chromium writes into its folder until it has ended, so the console itself cannot remove the demo's home.
  const ended = exitStatus(child).finally(() => {
    if (demoHome) rmSync(demoHome, { recursive: true, force: true })
  })
  return { stop: () => child.kill('SIGTERM'), ended }
}
