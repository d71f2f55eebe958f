import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inspectFolder } from '../provision/manifest.mjs'

/** What the bundles are made from. */
const sources = [
  'src-main',
  'src-renderer',
  'migrations',
  'docs',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
  'tsconfig.renderer.json',
]

/**
 * @param {string} root
 * @returns {string} a hash of every source's path and content
 */
export function hashSources(root) {
  const hash = createHash('sha256')
  for (const source of sources) addTo(hash, root, source)
  return hash.digest('hex')
}

/** @param {string} root @param {string} stamp @returns {Promise<boolean>} whether out/ was made from these sources and is whole */
export async function isBuilt(root, stamp) {
  return (await inspectFolder(join(root, 'out'), stamp)).state === 'whole'
}

function addTo(hash, root, path) {
  const status = lstatSync(join(root, path), { throwIfNoEntry: false })
  if (!status) return
  if (!status.isDirectory()) {
    hash.update(`${path}\0${status.size}\0`).update(readFileSync(join(root, path)))
    return
  }
  for (const name of readdirSync(join(root, path)).sort()) addTo(hash, root, `${path}/${name}`)
}
