import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { exitStatus } from './provision/child.mjs'
import { isCommand, runCommand } from './provision/command.mjs'
import { repository } from './provision/repository.mjs'
import { provision } from './provision.mjs'
import { isChromiumNoise, passLines } from './run/chromium-noise.mjs'
import { startDependent } from './run/dependent.mjs'
import { needsVirtualDisplay, startVirtualDisplay } from './run/display.mjs'
import { electronFlags } from './run/electron-flags.mjs'
import { checkSandbox } from './run/sandbox.mjs'
import { parseStartFlags, startUsage } from './run/start-flags.mjs'

async function main() {
  const flags = parseStartFlags(process.argv.slice(2), process.env.INIT_CWD || process.cwd())
  if (flags.kind === 'help') {
    console.log(startUsage)
    return 0
  }
  if (flags.kind === 'wrong') {
    console.error(`${flags.message}\n\n${startUsage}`)
    return 2
  }
  const { electron } = await provision({ need: 'run' })
  await ensureBuild({ log: console.log })
  await checkSandbox(electron.path)
  const display = needsVirtualDisplay(process.env) ? await startVirtualDisplay() : undefined
  if (display) console.log(displayLine(display.name, flags.screenshot))
  const demoHome = flags.args.includes('--demo') ? mkdtempSync(join(tmpdir(), 'authdesk-demo-')) : undefined
  try {
    return await runElectron({ electron, display, demoHome, args: flags.args })
  } finally {
    // Chromium writes into its folder until it has ended, so the console itself cannot remove the demo's home.
    if (demoHome) rmSync(demoHome, { recursive: true, force: true })
    await display?.stop()
  }
}

function displayLine(name, screenshot) {
  const where = `There is no display here: the console runs on a virtual one (Xvfb ${name}).`
  return screenshot ? where : `${where} \`npm start -- --screenshot FILE\` writes a picture of it.`
}

function runElectron({ electron, display, demoHome, args }) {
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
  return exitStatus(child)
}

if (isCommand(import.meta.url)) await runCommand(main)
