import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../contract/errors'

/**
 * Writes the pieces into a file that only its owner can read and returns its size in bytes. The file is there whole
 * or not at all: it is written beside its place and moved there; one that has the name is replaced. What the pieces
 * throw is passed on; a place that cannot be written is `NOT_FOUND` with the system's own code.
 */
export async function writeExport(
  path: string,
  pieces: Iterable<string> | AsyncIterable<string>,
): Promise<number> {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  const unwritable = (error: unknown) =>
    new AppError('NOT_FOUND', {
      text: 'fileUnwritable',
      details: { path, reason: error instanceof Error && 'code' in error ? String(error.code) : '' },
      cause: error,
    })
  const handle = await open(beside, 'wx', 0o600).catch((error: unknown) => {
    throw unwritable(error)
  })
  try {
    for await (const piece of pieces) {
      await handle.write(piece).catch((error: unknown) => {
        throw unwritable(error)
      })
    }
    const { size } = await handle.stat()
    await handle.sync()
    await handle.close()
    await rename(beside, path).catch((error: unknown) => {
      throw unwritable(error)
    })
    return size
  } catch (error) {
    await handle.close()
    await rm(beside, { force: true })
    throw error
  }
}
