import { exitStatus, startChild } from './provision/child.mjs'
import { isCommand, runCommand } from './provision/command.mjs'
import { moduleFile, repository } from './provision/repository.mjs'
import { provision } from './provision.mjs'
import { needsVirtualDisplay, startVirtualDisplay } from './run/display.mjs'
import { electronFlags } from './run/electron-flags.mjs'
import { checkSandbox } from './run/sandbox.mjs'
import { parseStartFlags, startUsage } from './run/start-flags.mjs'

/** The console with hot reload, under electron-vite. It takes the flags of `npm start`. */
async function main() {
  const flags = parseStartFlags(process.argv.slice(2), process.env.INIT_CWD || process.cwd())
  if (flags.kind !== 'start') {
    console.error(flags.kind === 'wrong' ? `${flags.message}\n\n${startUsage}` : startUsage)
    return flags.kind === 'wrong' ? 2 : 0
  }
  const { electron } = await provision({ need: 'run' })
  await checkSandbox(electron.path)
  const display = needsVirtualDisplay(process.env) ? await startVirtualDisplay() : undefined
  if (display)
    console.log(`There is no display here: the console runs on a virtual one (Xvfb ${display.name}).`)
  const situation = { uid: process.getuid?.(), virtualDisplay: display !== undefined, env: process.env }
  const args = [...electronFlags(situation), ...flags.args]
  const env = {
    ...process.env,
    ...display?.env,
    AUTHDESK_RUNTIME: electron.kind,
    ELECTRON_EXEC_PATH: electron.path,
  }
  delete env.ELECTRON_RUN_AS_NODE
  const program = moduleFile('electron-vite', 'bin', 'electron-vite.js')
  const child = startChild(process.execPath, [program, 'dev', '--', ...args], {
    cwd: repository,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const status = await exitStatus(child)
  await display?.stop()
  return status
}

if (isCommand(import.meta.url)) await runCommand(main)
