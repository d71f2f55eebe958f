import { mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { ProvisionError } from './provision-error.mjs'

/**
 * Where this user's provisioned pieces live. A relative XDG_CACHE_HOME is ignored, as its specification says.
 * @param {Record<string, string | undefined>} env
 * @param {string} platform
 * @param {() => string} [accountHome] the home that the system's account list gives
 * @returns {string}
 */
export function cacheFolder(env, platform, accountHome = () => userInfo().homedir) {
  const home = env.HOME || env.USERPROFILE || accountHome()
  if (platform === 'win32')
    return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Authdesk', 'Cache')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'authdesk')
  const named = env.XDG_CACHE_HOME
  return join(named && isAbsolute(named) ? named : join(home, '.cache'), 'authdesk')
}

/** Makes the folder, or says what to do about it. @param {string} folder */
export function makeCacheFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new ProvisionError(
      `The cache folder ${folder} can't be made (${cause.code}). ` +
        'Set XDG_CACHE_HOME to a folder that you may write to.',
      { cause },
    )
  }
}
