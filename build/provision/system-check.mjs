import { systemPackages } from '../system-packages.mjs'
import { run } from './child.mjs'
import { missingPackages, namesToInstall, thisFamily } from './package-manager.mjs'
import { ProvisionError } from './provision-error.mjs'

/** Answered before slapd is installed, so that Debian neither sets up nor starts a directory server of its own. */
const noServer = 'slapd slapd/no_configuration boolean true'
const aptInstall = ['apt-get', 'install', '--no-install-recommends']

/**
 * The sets of packages that a need has.
 * @param {'run' | 'test' | 'compile'} need
 * @param {Record<string, string | undefined>} env
 * @returns {Set<string>}
 */
export function neededSets(need, env) {
  if (need === 'compile') return new Set(['compile'])
  if (need === 'test') return new Set(['run', 'display', 'test'])
  return new Set(hasDisplay(env) ? ['run'] : ['run', 'display'])
}

/** @param {Record<string, string | undefined>} env */
export function hasDisplay(env) {
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * Makes sure that the operating system has what is needed: installs it where this runs as root on Debian, else
 * stops with status 2 and the line to type.
 * @param {'run' | 'test' | 'compile'} need
 * @param {(message: string) => void} log
 */
export async function ensureSystemPackages(need, log) {
  const family = thisFamily()
  const sets = neededSets(need, process.env)
  const wanted = systemPackages.filter((item) => sets.has(item.set) && concerns(item, family))
  const missing = await missingPackages(wanted, family)
  if (missing.length === 0) return
  const asRoot = family === 'debian' && process.getuid?.() === 0
  if (asRoot) await updateApt(log)
  const names = await namesToInstall(missing, family)
  if (asRoot) await installWithApt(names, log)
  else if (family === 'darwin' || family === 'win32') log(toolsLine(missing))
  else throw new ProvisionError(installAdvice({ family, names, missing }), { exitCode: 2 })
}

/** Electron brings its libraries along on macOS and Windows, which have a display, and compilers differ there. */
function concerns(item, family) {
  return item.set === 'test' || (family !== 'darwin' && family !== 'win32')
}

function toolsLine(missing) {
  const tools = missing.map((item) => `${item.command?.[0]} (${item.what})`)
  return `Not found here, and some tests need them: ${tools.join(', ')}.`
}

/**
 * @param {{ family: string, names: string[], missing: { what: string }[] }} missing
 * @returns {string} what to type, for people who are not root
 */
export function installAdvice({ family, names, missing }) {
  const managers = { debian: aptInstall, fedora: ['dnf', 'install'], arch: ['pacman', '-S', '--needed'] }
  const what = `Missing on this system: ${missing.map((item) => item.what).join(', ')}.`
  const manager = managers[family]
  if (!manager) return `${what}\nInstall what your system calls: ${names.join(' ')} (the names are Debian's).`
  const install = `sudo ${[...manager, ...names].join(' ')}`
  const answer = family === 'debian' && names.includes('slapd')
  return [
    `${what} Install it, then start again:`,
    ...(answer ? [`  echo "${noServer}" | sudo debconf-set-selections`] : []),
    `  ${install}`,
    ...(answer ? ['The first line keeps Debian from starting a directory server of its own.'] : []),
  ].join('\n')
}

const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }

async function updateApt(log) {
  log('Some Debian packages are missing; asking for the current list (apt-get update).')
  const result = await run('apt-get', ['update', '-qq'], { env: quiet })
  if (result.code !== 0) log(`apt-get update failed, going on with the old list: ${lastLine(result)}`)
}

async function installWithApt(names, log) {
  log(`Installing Debian packages: ${names.join(' ')}`)
  if (names.includes('slapd')) await run('debconf-set-selections', [], { input: `${noServer}\n`, env: quiet })
  const [command, ...args] = aptInstall
  const result = await run(command, [...args, '-y', '-qq', ...names], { env: quiet })
  if (result.code === 0) return
  throw new ProvisionError(
    `apt-get could not install what is missing: ${lastLine(result)}\nTry it by hand: ${aptInstall.join(' ')} ${names.join(' ')}`,
  )
}

function lastLine({ output, problem }) {
  return problem ?? output.trim().split('\n').at(-1) ?? ''
}
