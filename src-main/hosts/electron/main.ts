import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { defaultHome, homeAt, prepareHome, type Home } from '../../core/app/home'
import { createLogger, logLevel, openLogFile } from '../../core/diagnostics/logger'
import { parseStartArguments, type StartArguments } from './arguments'
import { openConsole } from './open-console'
import { registerScheme } from './renderer-protocol'
import { createSecretStore } from './secrets'

/**
 * The demo's home is thrown away at the end. Chromium still writes into it while it ends, so whoever started the
 * console may name an empty one and remove it afterwards.
 */
function demoHome(): string {
  const given = process.env['AUTHDESK_DEMO_HOME']
  if (given && readdirSync(given).length === 0) return given
  return mkdtempSync(join(tmpdir(), 'authdesk-demo-'))
}

function chooseHome(start: StartArguments): Home {
  if (start.demo) return homeAt(demoHome())
  return homeAt(start.home ?? defaultHome(process.env, process.platform))
}

async function run(start: StartArguments, home: Home): Promise<void> {
  await app.whenReady()
  const logFile = await openLogFile(home.log)
  const logger = createLogger(logFile, logLevel(process.env['LOG_LEVEL']))
  process.on('unhandledRejection', (error) => logger.error({ error }, 'an unhandled rejection'))
  const bundles = join(import.meta.dirname, '..')
  const secrets = await createSecretStore(home.secrets)
  const opened = openConsole({ start, home, bundles, logger, secrets, logFile: logFile.path })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void opened.shutDown(130))
  app.on('window-all-closed', () => void opened.shutDown(0))
  app.on('before-quit', (event) => {
    event.preventDefault()
    opened.quit()
  })
  app.on('second-instance', () => opened.focus())
  try {
    await opened.show()
  } catch (error) {
    logger.error({ error }, 'the console did not start')
    process.stderr.write(
      `Authdesk did not start: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    await opened.shutDown(1)
  }
}

const start = parseStartArguments(process.argv)

/** The home, with its folders; one that cannot be made is said in a sentence, not in a stack. */
function openHome(): Home | null {
  const home = chooseHome(start)
  try {
    prepareHome(home)
    return home
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    process.stderr.write(`The home ${home.path} cannot be used: ${reason}\n`)
    return null
  }
}

const home = openHome()
if (home === null) {
  app.exit(1)
} else {
  app.setPath('userData', join(home.path, 'window'))
  if (app.requestSingleInstanceLock()) {
    registerScheme()
    void run(start, home)
  } else {
    process.stderr.write(`Authdesk is already open on ${home.path}.\n`)
    app.exit(0)
  }
}
