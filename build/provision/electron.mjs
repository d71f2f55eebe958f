import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { developmentPiece } from './development-electron.mjs'
import { FetchError } from './npm-package.mjs'
import { ReleaseHostError, electronExecutable, officialPiece, releaseMirror } from './official-electron.mjs'
import { ensurePiece, isWhole } from './piece.mjs'
import { developmentElectron } from './pins.mjs'
import { ProvisionError } from './provision-error.mjs'
import { installedVersion } from './repository.mjs'

/**
 * @typedef {{ path: string, kind: 'override' | 'official' | 'development', version: string, reason: string }} ProvidedElectron
 * @typedef {{ cache: string, log: (message: string) => void, toolNode: () => Promise<string>, askAgain: 'never' | 'once' }} ElectronContext
 * askAgain: whether the release host is asked although the development runtime is cached
 */

const retryHint = '`npm run provision -- --retry-official` asks for the official one again'

/**
 * The Electron to run: the user's own, else the pinned official one, else the development runtime.
 * @param {ElectronContext} context
 * @returns {Promise<ProvidedElectron>}
 */
export async function provideElectron(context) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return overriddenElectron(resolve(override))
  const official = officialPiece(context)
  const development = developmentPiece(context)
  const usable = `${process.platform}-${process.arch}` === developmentElectron.system
  const knownUnreachable = context.askAgain === 'never' && usable && (await isWhole(development))
  if (knownUnreachable && !(await isWhole(official))) {
    return developmentElectronAt(
      join(development.cache, development.name),
      `cached, ${verified}; ${retryHint}`,
    )
  }
  try {
    const { folder, made } = await ensurePiece(official)
    return officialElectronAt(folder, made ? 'fetched and verified' : 'cached')
  } catch (error) {
    if (!(error instanceof ReleaseHostError)) throw error
    if (!usable) throw nothingWorks([officialFailure(error)])
    return fallBack(development, error)
  }
}

const verified = 'verified against its recorded hashes'

async function fallBack(development, unreachable) {
  try {
    const { folder } = await ensurePiece(development)
    return developmentElectronAt(
      folder,
      `the release host can't be reached (${unreachable.message}); ${verified}`,
    )
  } catch (error) {
    if (error instanceof FetchError) throw nothingWorks([officialFailure(unreachable), error.message])
    throw error
  }
}

function overriddenElectron(folder) {
  const path = electronExecutable(folder)
  if (!existsSync(path)) {
    throw new ProvisionError(`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no ${path}.`)
  }
  const note = join(folder, 'version')
  const version = existsSync(note)
    ? readFileSync(note, 'utf8').trim().replace(/^v/, '')
    : 'of unknown version'
  return { path, kind: 'override', version, reason: `set by ELECTRON_OVERRIDE_DIST_PATH (${folder})` }
}

function officialElectronAt(folder, reason) {
  return { path: electronExecutable(folder), kind: 'official', version: installedVersion('electron'), reason }
}

function developmentElectronAt(folder, reason) {
  return { path: join(folder, 'electron'), kind: 'development', version: developmentElectron.version, reason }
}

function officialFailure(error) {
  const { host } = new URL(releaseMirror(process.env))
  return `Electron ${installedVersion('electron')}: ${host} can't be reached (${error.message}).`
}

function nothingWorks(tried) {
  return new ProvisionError(
    [
      'There is no Electron on this machine and none could be fetched:',
      ...tried.map((line) => `  - ${line}`),
      "What helps: a network connection, npm's `registry` setting, ELECTRON_MIRROR with the address of a mirror,",
      'or ELECTRON_OVERRIDE_DIST_PATH with the folder of an unpacked Electron. Then start again.',
    ].join('\n'),
  )
}

/** @param {ProvidedElectron} electron @returns {string} the one line that says which Electron runs and why */
export function electronLine({ kind, version, reason }) {
  const name = { override: 'your own', official: 'official', development: 'development runtime' }[kind]
  return `Electron ${version} (${name}): ${reason}`
}
