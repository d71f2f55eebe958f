import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { ProvisionError } from './provision-error.mjs'

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localHeaderLength = 30
const longestEnd = 22 + 0xffff

/**
 * Unpacks the chosen files of a zip (APPNOTE 6.3, no zip64). The caller has verified the zip's hash.
 * @param {string} file
 * @param {string} folder
 * @param {(name: string) => string | undefined} choose gives the path to write to, or undefined to leave out
 */
export async function extractZip(file, folder, choose) {
  const handle = await open(file, 'r')
  try {
    for (const entry of await readEntries(handle)) {
      const path = entry.name.endsWith('/') ? undefined : choose(entry.name)
      if (path !== undefined) await extractEntry({ handle, file, entry, target: inside(folder, path) })
    }
  } finally {
    await handle.close()
  }
}

function inside(folder, path) {
  const normal = posix.normalize(path)
  if (normal.startsWith('../') || posix.isAbsolute(normal)) {
    throw new ProvisionError(`A zip entry leaves its folder: ${path}`)
  }
  return join(folder, normal)
}

async function read(handle, position, length) {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

async function readEntries(handle) {
  const { size } = await handle.stat()
  const tailLength = Math.min(size, longestEnd)
  const tail = await read(handle, size - tailLength, tailLength)
  let end = tail.length - 22
  while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end -= 1
  if (end < 0) throw new ProvisionError('This is not a zip file.')
  const directory = await read(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  const entries = []
  let at = 0
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === entrySignature) {
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

async function extractEntry({ handle, file, entry, target }) {
  const header = await read(handle, entry.offset, localHeaderLength)
  const start = entry.offset + localHeaderLength + header.readUInt16LE(26) + header.readUInt16LE(28)
  await mkdir(dirname(target), { recursive: true })
  const mode = entry.mode || 0o644
  if (entry.packed === 0) {
    await writeFile(target, '', { mode })
    return
  }
  if (entry.method !== 0 && entry.method !== 8)
    throw new ProvisionError(`Unknown compression in a zip: ${entry.method} (${entry.name})`)
  const output = createWriteStream(target, { mode })
  const input = createReadStream(file, { start, end: start + entry.packed - 1 })
  if (entry.method === 0) await pipeline(input, output)
  else await pipeline(input, createInflateRaw(), output)
}
