import { open, type FileHandle } from 'node:fs/promises'
import { AppError } from '../../contract/errors'
import type { Entry } from './entry'
import { createNames } from './ldif-attribute'
import { isUtf16, parseLines, readTextFile, unreadable, type Chunks, type Keep } from './ldif-lines'
import { toRecord, type LdifRecord } from './ldif-record'

/** A piece of the file, and the line on which it begins. */
export interface Place {
  readonly at: number
  readonly end: number
  readonly line: number
}

export interface LdifFile {
  /** Whether pieces can be read by their place; not where the file's bytes are not those that are parsed. */
  readonly places: 'told' | 'unknown'
  readonly chunks: () => Chunks
  /** Hands `work` a reader of single records; what stands close together is read at once. */
  readonly reading: <T>(keep: Keep, work: (read: ReadRecord) => Promise<T>) => Promise<T>
}
/** At once where it was read already. */
export type ReadRecord = (place: Place) => LdifRecord | Promise<LdifRecord>

export async function openLdif(path: string): Promise<LdifFile> {
  const { head, state } = await within(path, async (handle) => ({
    head: (await handle.read(Buffer.alloc(2), 0, 2, 0)).buffer,
    state: await stateOf(handle),
  }))
  return {
    places: isUtf16(head) ? 'unknown' : 'told',
    chunks: () => readTextFile(path),
    reading: (keep, work) =>
      within(path, async (handle) => {
        if ((await stateOf(handle)) !== state) throw unreadable(new Error('changed'))
        return work(createReader(handle, keep))
      }),
  }
}

async function stateOf(handle: FileHandle): Promise<string> {
  const { size, mtimeMs, ino } = await handle.stat()
  return `${size} ${mtimeMs} ${ino}`
}

async function within<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(error)
  })
  try {
    return await work(handle)
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(error)
  } finally {
    await handle.close()
  }
}

const most = 1 << 18

function createReader(handle: FileHandle, keep: Keep): ReadRecord {
  const names = createNames(keep)
  let [text, from]: [string, number] = ['', 0]
  const parse = ({ at, end, line }: Place): LdifRecord => {
    const written = text.slice(at - from, end - from)
    const lines = written.includes('\n') ? written : written.replaceAll('\r', '\n')
    const record = parseLines(lines, { at, line, names }).records[0]
    const known = record && toRecord(record.pairs, () => '')
    if (!known) throw unreadable(new Error('changed'))
    return known
  }
  return (place) => {
    if (place.at >= from && place.end <= from + text.length) return parse(place)
    return readText(handle, place).then((read) => {
      ;[text, from] = [read, place.at]
      return parse(place)
    })
  }
}

async function readText(handle: FileHandle, { at, end }: Place): Promise<string> {
  const length = Math.max(most, end - at)
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, at)
  return buffer.toString('latin1', 0, bytesRead)
}

/** The entry that a record of the file holds. */
export function entryOf(record: LdifRecord): Entry {
  const attributes = 'attributes' in record ? record.attributes : new Map<string, Buffer[]>()
  return { dn: record.dn, attributes }
}
