import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { inspectFolder, writeManifest } from './manifest.mjs'

/**
 * @typedef {object} Piece one folder of the cache
 * @property {string} cache
 * @property {string} name the folder's name, with version and system
 * @property {string} title what people call it
 * @property {string} recipe what it is made from; another recipe makes it anew
 * @property {(folder: string, work: string) => Promise<string | void>} make fills `folder`; `work` is for what is thrown away; may return a note
 * @property {(message: string) => void} log
 */

/** @type {Set<string>} unfinished folders, removed when the process ends before they are done */
const unfinished = new Set()
process.on('exit', () => {
  for (const folder of unfinished) rmSync(folder, { recursive: true, force: true })
})

/** @param {Pick<Piece, 'cache' | 'name' | 'recipe'>} piece @returns {Promise<boolean>} */
export async function isWhole(piece) {
  return (await inspectFolder(join(piece.cache, piece.name), piece.recipe)).state === 'whole'
}

/**
 * Gives a whole piece: the cached one, or a new one where it is missing or damaged.
 * @param {Piece} piece
 * @returns {Promise<{ folder: string, made: boolean, note: string }>}
 */
export async function ensurePiece(piece) {
  const folder = join(piece.cache, piece.name)
  const before = await inspectFolder(folder, piece.recipe)
  if (before.state === 'whole') return { folder, made: false, note: before.note }
  return withLock(`${folder}.lock`, piece.log, async () => {
    const now = await inspectFolder(folder, piece.recipe)
    if (now.state === 'whole') return { folder, made: false, note: now.note }
    if (now.state === 'damaged')
      piece.log(`${piece.title}: the cached copy is no good (${now.reason}); making it again.`)
    return { folder, made: true, note: await makeAnew(piece, folder) }
  })
}

/** Makes the next `ensurePiece` build it again. @param {Pick<Piece, 'cache' | 'name'>} piece */
export function discardPiece(piece) {
  rmSync(join(piece.cache, piece.name), { recursive: true, force: true })
}

async function makeAnew(piece, folder) {
  clearLeftovers(piece)
  const work = mkdtempSync(`${folder}.tmp-`)
  unfinished.add(work)
  try {
    const fresh = join(work, 'fresh')
    mkdirSync(fresh)
    const note = (await piece.make(fresh, work)) ?? ''
    await writeManifest(fresh, { recipe: piece.recipe, note })
    if (existsSync(folder)) renameSync(folder, join(work, 'old'))
    renameSync(fresh, folder)
    return note
  } finally {
    rmSync(work, { recursive: true, force: true })
    unfinished.delete(work)
  }
}

/** The lock is ours, so a temporary folder of this piece is what a killed process left. */
function clearLeftovers(piece) {
  for (const entry of readdirSync(piece.cache)) {
    if (entry.startsWith(`${piece.name}.tmp-`))
      rmSync(join(piece.cache, entry), { recursive: true, force: true })
  }
}
