import { randomBytes } from 'node:crypto'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../../contract/errors'
import { normaliseDn } from '../dn'

/** Entries as text, taken in any order and given back in the order of their names; what is above comes first. */
export interface Spool {
  readonly add: (dn: string, text: string) => Promise<void>
  readonly pieces: () => AsyncGenerator<string>
}

interface Run {
  readonly at: number
  readonly length: number
}
interface Place extends Run {
  readonly key: string
}

/** So much text is written and handed out at once. */
const piece = 1 << 18

/**
 * Keeps the entries in a file of the owner beside the one that is to be written, and only their names in memory; the
 * file is gone when `work` ends, however it ends.
 */
export async function withSpool<T>(path: string, work: (spool: Spool) => Promise<T>): Promise<T> {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  const handle = await open(beside, 'wx+', 0o600).catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    throw new AppError('NOT_FOUND', { text: 'fileUnwritable', details: { path, reason }, cause })
  })
  try {
    return await work(spoolOf(handle))
  } finally {
    await handle.close()
    await rm(beside, { force: true })
  }
}

function spoolOf(handle: FileHandle): Spool {
  const places: Place[] = []
  let [waiting, size, end]: [string[], number, number] = [[], 0, 0]
  const flush = async () => {
    const text = waiting.join('')
    ;[waiting, size] = [[], 0]
    await handle.write(text, null, 'latin1')
  }
  return {
    add: async (dn, text) => {
      places.push({ key: orderOf(dn), at: end, length: text.length })
      waiting.push(text)
      size += text.length
      end += text.length
      if (size >= piece) await flush()
    },
    pieces: async function* () {
      await flush()
      places.sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)))
      for (const run of runsOf(places)) yield await textOf(handle, run)
    },
  }
}

/** Separators inside values are escaped in the normalised name. */
function orderOf(dn: string): string {
  return normaliseDn(dn).split(',').reverse().join('\0')
}

/** What lies one behind the other in the file is read at once. */
function* runsOf(places: readonly Place[]): Generator<Run> {
  let [at, length] = [0, 0]
  for (const place of places) {
    if (at + length !== place.at || length >= piece) {
      if (length > 0) yield { at, length }
      ;[at, length] = [place.at, 0]
    }
    length += place.length
  }
  if (length > 0) yield { at, length }
}

async function textOf(handle: FileHandle, { at, length }: Run): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
  if (bytesRead !== length) throw new AppError('INTERNAL', { message: 'the spool was cut short' })
  return buffer.toString('latin1')
}
