import { watch } from 'node:fs'
import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { isCommand, runCommand } from './provision/command.mjs'
import { repository } from './provision/repository.mjs'
import { provision } from './provision.mjs'
import { needsVirtualDisplay, startVirtualDisplay } from './run/display.mjs'
import { openElectron } from './run/open-electron.mjs'
import { checkSandbox } from './run/sandbox.mjs'
import { parseStartFlags, startUsage } from './run/start-flags.mjs'

const sources = ['src-main', 'src-renderer', 'migrations']
const quietMs = 300

/** The console, built again and started again with every change of its sources. It takes the flags of `npm start`. */
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
  try {
    return await runAndRepeat({ electron, display, args: flags.args })
  } finally {
    await display?.stop()
  }
}

/** Ends with the console's own status once it was closed by hand. */
async function runAndRepeat(options) {
  const changes = watchSources()
  for (;;) {
    const built = await tryBuild()
    const opened = built ? openElectron(options) : undefined
    const changed = changes.next().then(() => undefined)
    const status = await Promise.race([changed, ...(opened ? [opened.ended] : [])])
    if (status !== undefined) {
      changes.close()
      return status
    }
    opened?.stop()
    await opened?.ended
  }
}

async function tryBuild() {
  try {
    await ensureBuild({ log: console.log })
    return true
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return false
  }
}

/** Resolves `next` once the sources have changed and been quiet for a moment. */
function watchSources() {
  let tell = () => {}
  let timer
  const note = () => {
    clearTimeout(timer)
    timer = setTimeout(() => tell(), quietMs)
  }
  const watchers = sources.map((folder) => watch(join(repository, folder), { recursive: true }, note))
  return {
    next: () => new Promise((resolve) => (tell = resolve)),
    close: () => {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}

if (isCommand(import.meta.url)) await runCommand(main)
