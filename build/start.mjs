import { ensureBuild } from './build.mjs'
import { isCommand, runCommand } from './provision/command.mjs'
import { provision } from './provision.mjs'
import { needsVirtualDisplay, startVirtualDisplay } from './run/display.mjs'
import { openElectron } from './run/open-electron.mjs'
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
  try {
    return await openElectron({ electron, display, args: flags.args }).ended
  } finally {
    await display?.stop()
  }
}

function displayLine(name, screenshot) {
  const where = `There is no display here: the console runs on a virtual one (Xvfb ${name}).`
  return screenshot ? where : `${where} \`npm start -- --screenshot FILE\` writes a picture of it.`
}

if (isCommand(import.meta.url)) await runCommand(main)
