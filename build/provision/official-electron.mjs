import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './child.mjs'
import { ProvisionError } from './provision-error.mjs'
import { installedVersion, moduleFile } from './repository.mjs'

/** The release host (or the user's mirror) didn't give the file: another source may be tried. */
export class ReleaseHostError extends Error {}

export const releaseHostPatienceMs = 10_000
/** Exit statuses of official-download.mjs. */
export const downloadStatus = { unreachable: 3, mismatch: 4 }

const defaultMirror = 'https://github.com/electron/electron/releases/download/'
const downloader = fileURLToPath(new URL('official-download.mjs', import.meta.url))
const executables = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/** @param {string} folder an unpacked Electron @returns {string} its executable */
export function electronExecutable(folder) {
  return join(folder, ...(executables[process.platform] ?? 'electron').split('/'))
}

/**
 * The piece of the cache that holds the pinned official Electron.
 * @param {{ cache: string, log: (message: string) => void, toolNode: () => Promise<string> }} context
 * @returns {import('./piece.mjs').Piece}
 */
export function officialPiece({ cache, log, toolNode }) {
  const version = installedVersion('electron')
  return {
    cache,
    log,
    name: `electron-${version}-${process.platform}-${process.arch}`,
    title: `Electron ${version}`,
    recipe: `electron@${version}`,
    make: async (folder, work) => {
      await probeReleaseHost()
      await download(folder, { log, version, work, node: await toolNode() })
      if (!existsSync(electronExecutable(folder))) {
        throw new ProvisionError(`The official Electron ${version} came without its executable.`)
      }
    },
  }
}

/**
 * Where Electron's releases are asked for, with the settings that @electron/get honours too.
 * @param {Record<string, string | undefined>} env
 * @returns {string}
 */
export function releaseMirror(env) {
  return (
    env.npm_config_electron_mirror || env.NPM_CONFIG_ELECTRON_MIRROR || env.ELECTRON_MIRROR || defaultMirror
  )
}

/** Spares the download of a Node for the tools where the host doesn't answer; a proxy is not judged from here. */
async function probeReleaseHost() {
  if (proxySettings(process.env)) return
  const { origin } = new URL(releaseMirror(process.env))
  try {
    await fetch(origin, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(releaseHostPatienceMs),
    })
  } catch (error) {
    throw new ReleaseHostError(reasonOf(error), { cause: error })
  }
}

/** @param {unknown} error @returns {string} a network failure in a few words */
export function reasonOf(error) {
  if (error?.name === 'TimeoutError') return `no answer within ${releaseHostPatienceMs / 1000} s`
  return error?.cause?.code ?? error?.cause?.message ?? error?.message ?? String(error)
}

async function download(folder, { log, version, work, node }) {
  log(`Fetching the official Electron ${version} (about 120 MB, once).`)
  const proxy = proxySettings(process.env)
  const result = await run(node, [downloader, moduleFile('electron'), folder, work], {
    env: { ...process.env, ...proxy, ELECTRON_GET_NO_PROGRESS: '1' },
  })
  const words = result.output.trim().split('\n').at(-1) ?? ''
  if (result.code === downloadStatus.unreachable) throw new ReleaseHostError(words)
  if (result.code === downloadStatus.mismatch) {
    throw new ProvisionError(
      `The Electron ${version} that came is not the pinned one; it is not used. ${words}`,
    )
  }
  if (result.code !== 0)
    throw new ProvisionError(`Electron ${version} could not be unpacked: ${result.output.trim()}`)
}

/** Node 24 takes proxies from these variables, once told to. */
function proxySettings(env) {
  const https = env.HTTPS_PROXY || env.https_proxy || env.npm_config_https_proxy || env.npm_config_proxy
  const http = env.HTTP_PROXY || env.http_proxy || env.npm_config_proxy
  if (!https && !http) return undefined
  return { NODE_USE_ENV_PROXY: '1', ...(https && { HTTPS_PROXY: https }), ...(http && { HTTP_PROXY: http }) }
}
