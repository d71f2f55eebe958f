import { lstatSync, readFileSync, readdirSync, readlinkSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileHash } from './file-hash.mjs'

/**
 * @typedef {{ size: number, mtimeMs: number, sha256: string } | { link: string }} ManifestEntry
 * @typedef {{ recipe: string, note: string, files: Record<string, ManifestEntry> }} Manifest
 */

const manifestName = 'manifest.json'

/**
 * Records every file of a folder with size, time and hash.
 * @param {string} folder
 * @param {{ recipe: string, note?: string }} about recipe: what it was made from; note: how it came about
 */
export async function writeManifest(folder, about) {
  /** @type {Manifest['files']} */
  const files = {}
  for (const path of listFiles(folder)) {
    const file = join(folder, path)
    const status = lstatSync(file)
    files[path] = status.isSymbolicLink()
      ? { link: readlinkSync(file) }
      : { size: status.size, mtimeMs: status.mtimeMs, sha256: await fileHash(file) }
  }
  save(folder, { recipe: about.recipe, note: about.note ?? '', files })
}

/** @param {string} folder @returns {Manifest | undefined} */
export function readManifest(folder) {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, manifestName), 'utf8'))
    return typeof manifest.files === 'object' && typeof manifest.recipe === 'string' ? manifest : undefined
  } catch {
    return undefined
  }
}

/**
 * Says what is wrong with a folder. Sizes and times are compared; only a file whose time differs is read.
 * @param {string} folder
 * @param {string} recipe
 * @returns {Promise<{ state: 'whole', note: string } | { state: 'absent' } | { state: 'damaged', reason: string }>}
 */
export async function inspectFolder(folder, recipe) {
  if (!exists(folder)) return { state: 'absent' }
  const manifest = readManifest(folder)
  if (!manifest) return { state: 'damaged', reason: 'its list of files is missing' }
  if (manifest.recipe !== recipe) return { state: 'damaged', reason: 'it was made from other parts' }
  let touched = false
  for (const [path, entry] of Object.entries(manifest.files)) {
    const reason = await damageOf(join(folder, path), entry)
    if (reason === 'touched') touched = true
    else if (reason) return { state: 'damaged', reason: `${path} ${reason}` }
  }
  if (touched) refreshTimes(folder, manifest)
  return { state: 'whole', note: manifest.note }
}

async function damageOf(file, entry) {
  const status = lstatSync(file, { throwIfNoEntry: false })
  if (!status) return 'is missing'
  if ('link' in entry) {
    return status.isSymbolicLink() && readlinkSync(file) === entry.link ? undefined : 'points elsewhere'
  }
  if (!status.isFile() || status.size !== entry.size) return 'has another size'
  if (status.mtimeMs === entry.mtimeMs) return undefined
  return (await fileHash(file)) === entry.sha256 ? 'touched' : 'has another content'
}

function refreshTimes(folder, manifest) {
  for (const [path, entry] of Object.entries(manifest.files)) {
    if ('mtimeMs' in entry) entry.mtimeMs = lstatSync(join(folder, path)).mtimeMs
  }
  save(folder, manifest)
}

function save(folder, manifest) {
  const draft = join(folder, `${manifestName}.${process.pid}`)
  writeFileSync(draft, JSON.stringify(manifest))
  renameSync(draft, join(folder, manifestName))
}

function exists(folder) {
  return lstatSync(folder, { throwIfNoEntry: false }) !== undefined
}

function listFiles(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name
    if (entry.isDirectory()) return listFiles(folder, path)
    return path === manifestName ? [] : [path]
  })
}
