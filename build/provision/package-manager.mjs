import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './child.mjs'

/**
 * @typedef {import('../system-packages.mjs').SystemPackage} SystemPackage
 * @typedef {'debian' | 'fedora' | 'arch' | 'linux' | 'darwin' | 'win32'} Family
 */

const relatives = { debian: 'debian', ubuntu: 'debian', fedora: 'fedora', rhel: 'fedora', arch: 'arch' }

/**
 * @param {string} platform
 * @param {string} osRelease the text of /etc/os-release
 * @returns {Family}
 */
export function systemFamily(platform, osRelease) {
  if (platform === 'darwin' || platform === 'win32') return platform
  const words = [...osRelease.matchAll(/^(?:ID|ID_LIKE)="?([^"\n]*)"?$/gm)].flatMap((match) =>
    match[1].split(' '),
  )
  return words.map((word) => relatives[word]).find((family) => family !== undefined) ?? 'linux'
}

/** @returns {Family} */
export function thisFamily() {
  const file = '/etc/os-release'
  return systemFamily(process.platform, existsSync(file) ? readFileSync(file, 'utf8') : '')
}

/**
 * @param {SystemPackage[]} wanted
 * @param {Family} family
 * @returns {Promise<SystemPackage[]>} those that are not there
 */
export async function missingPackages(wanted, family) {
  const installed = await installedNames(wanted, family)
  const libraries = installed ? '' : await knownLibraries(family)
  return wanted.filter((item) => {
    if (installed && namesIn(item, family).some((name) => installed.has(name))) return false
    if (item.command) return !item.command.some(commandExists)
    return installed !== undefined || (libraries !== '' && !libraries.includes(item.library))
  })
}

const queries = {
  debian: ['dpkg-query', '-W', '-f=${Package} ${db:Status-Status}\\n'],
  fedora: ['rpm', '-q', '--qf', '%{NAME} installed\\n'],
  arch: ['pacman', '-Q'],
}

async function installedNames(wanted, family) {
  const query = queries[family]
  if (!query || wanted.length === 0) return undefined
  const [command, ...args] = query
  const { stdout, problem } = await run(command, [
    ...args,
    ...wanted.flatMap((item) => namesIn(item, family)),
  ])
  return problem ? undefined : parseInstalled(stdout)
}

/**
 * @param {string} listing lines of "name state": dpkg and rpm say "installed", pacman gives a version
 * @returns {Set<string>}
 */
export function parseInstalled(listing) {
  const lines = listing.split('\n').map((line) => line.trim().split(' '))
  const there = lines.filter(([, state]) => state === 'installed' || /^\d/.test(state ?? ''))
  return new Set(there.map(([name]) => name))
}

/** @param {SystemPackage} item @param {Family} family @returns {string[]} */
function namesIn(item, family) {
  return [item[family] ?? item.debian].flat()
}

/** Whether a command is on the PATH or where system programs are, which a user's PATH leaves out. */
function commandExists(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/libexec']
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name]
  return folders.some((folder) => names.some((file) => folder !== '' && existsSync(join(folder, file))))
}

/** The loader's own list; empty where it can't be asked, and then nothing is claimed to be missing. */
async function knownLibraries(family) {
  if (family === 'darwin' || family === 'win32') return ''
  const { stdout, code } = await run('/sbin/ldconfig', ['-p'])
  return code === 0 ? stdout : ''
}

/**
 * The names to install: of two names of a Debian package, the newer one where this release has it.
 * @param {SystemPackage[]} missing
 * @param {Family} family
 * @returns {Promise<string[]>}
 */
export async function namesToInstall(missing, family) {
  const names = await Promise.all(
    missing.map(async (item) => {
      const [first, newer] = namesIn(item, family)
      return family === 'debian' && newer && (await aptKnows(newer)) ? newer : first
    }),
  )
  return [...new Set(names)]
}

async function aptKnows(name) {
  const { stdout } = await run('apt-cache', ['pkgnames', name])
  return stdout.split('\n').includes(name)
}
