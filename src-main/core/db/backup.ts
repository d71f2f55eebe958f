import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../contract/errors'
import { translateDbError } from './db-errors'
import type { Connections } from './connections'
import { makePrivateFile } from './private-files'

const kept = 3
const automatic = /^authdesk-\d{8}T\d{9}Z-before-.+\.sqlite$/

/** Writes a complete copy, the write-ahead log's content included, and returns its size; never over a file. */
export async function backUp(connections: Pick<Connections, 'maintain'>, file: string): Promise<number> {
  try {
    await makePrivateFile(file)
  } catch (error) {
    const taken = await stat(file).catch(() => null)
    if (taken) {
      throw new AppError('CONFLICT', {
        text: 'backupExists',
        details: { file },
        cause: error,
      })
    }
    throw translateDbError(error, file)
  }
  try {
    await connections.maintain({ sql: 'VACUUM INTO $file', bind: { file } })
    return (await stat(file)).size
  } catch (error) {
    await rm(file, { force: true })
    throw translateDbError(error, file)
  }
}

/** The backup before the first pending step; of such backups the newest three are kept. */
export async function backUpBefore(
  connections: Pick<Connections, 'maintain'>,
  folder: string,
  step: { name: string; at: Date },
): Promise<string> {
  const time = step.at.toISOString().replaceAll(/[-:.]/g, '')
  const file = join(folder, `authdesk-${time}-before-${step.name}.sqlite`)
  await backUp(connections, file)
  const backups = (await readdir(folder)).filter((name) => automatic.test(name)).sort()
  for (const name of backups.slice(0, -kept)) await rm(join(folder, name))
  return file
}
