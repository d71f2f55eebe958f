import { parseArgs } from 'node:util'
import { cacheFolder, makeCacheFolder } from './provision/cache-folder.mjs'
import { isCommand, runCommand } from './provision/command.mjs'
import { electronLine, provideElectron } from './provision/electron.mjs'
import { ensureNode, ensureToolNode } from './provision/node-runtime.mjs'
import { floorNode } from './provision/pins.mjs'
import { installedVersion } from './provision/repository.mjs'
import { provideSqlite } from './provision/sqlite.mjs'
import { ensureSystemPackages } from './provision/system-check.mjs'

const usage = `npm run provision -- [--tests] [--retry-official]

Fetches what npm ci leaves out: system packages, Electron, sqlite3's binary.
  --tests           also what the tests need (a directory server, a browser, a Node 24)
  --retry-official  ask for the official Electron again although the development runtime is cached`

/**
 * Provides everything that is missing for a need and says which Electron runs. A second call finds it all cached
 * and uses no network.
 * @param {{ need: 'run' | 'test', log?: (message: string) => void, askAgain?: 'never' | 'once' }} options
 * @returns {Promise<{ electron: import('./provision/electron.mjs').ProvidedElectron, sqlite: { path: string, origin: string }, node20?: string, node24?: string }>}
 * node20 and node24 are there for the need `test`; node24 is the running Node where that is new enough
 */
export async function provision({ need, log = console.log, askAgain = 'never' }) {
  installedVersion('electron')
  await ensureSystemPackages(need, log)
  const cache = cacheFolder(process.env, process.platform)
  makeCacheFolder(cache)
  const context = { cache, log }
  const toolNode = () => ensureToolNode(context)
  const electron = await provideElectron({ ...context, toolNode, askAgain })
  const sqlite = await provideSqlite({
    ...context,
    headers: async () => (await ensureNode(floorNode, context)).folder,
    compiler: () => ensureSystemPackages('compile', log),
  })
  log(electronLine(electron))
  if (need === 'run') return { electron, sqlite }
  const node20 = (await ensureNode(floorNode, context)).executable
  return { electron, sqlite, node20, node24: await toolNode() }
}

async function main() {
  const { values } = parseArgs({
    options: {
      tests: { type: 'boolean' },
      'retry-official': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(usage)
    return
  }
  await provision({
    need: values.tests ? 'test' : 'run',
    askAgain: values['retry-official'] ? 'once' : 'never',
  })
  console.log('Everything that is needed is there.')
}

if (isCommand(import.meta.url)) await runCommand(main)
