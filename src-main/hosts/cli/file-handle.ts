import { access, constants } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AppError } from '../../contract/errors'
import type { Desk } from './perform'

/** The handle of a file that takes the server's place; null where none is named. */
export async function handleOf(file: string | undefined, desk: Desk): Promise<string | null> {
  if (file === undefined) return null
  const path = resolve(file)
  try {
    await access(path, constants.R_OK)
  } catch (error) {
    throw new AppError('INVALID_INPUT', { message: `The file ${path} cannot be read.`, cause: error })
  }
  return desk.addFile(path)
}
