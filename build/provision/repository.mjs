import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ProvisionError } from './provision-error.mjs'

/** The folder that holds package.json. */
export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @param {...string} parts @returns {string} a path inside node_modules */
export function moduleFile(...parts) {
  return join(repository, 'node_modules', ...parts)
}

/** @param {string} name @returns {string} the version that `npm ci` installed */
export function installedVersion(name) {
  try {
    return JSON.parse(readFileSync(moduleFile(name, 'package.json'), 'utf8')).version
  } catch (cause) {
    throw new ProvisionError(`The package ${name} is not installed. Run \`npm ci\` first.`, { cause })
  }
}
