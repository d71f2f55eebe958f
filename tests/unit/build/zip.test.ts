import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { extractZip } from '../../../build/provision/zip.mjs'

interface Entry {
  name: string
  content: string
  method: 0 | 8 | 99
  mode?: number
}

/** A zip as APPNOTE 6.3 lays it out: local headers with data, the central directory, its end. */
function zip(entries: Entry[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, method, mode = 0o644 } of entries) {
    const data = method === 8 ? deflateRawSync(content) : Buffer.from(content)
    const extra = Buffer.from('extra')
    const local = Buffer.alloc(30)
    local.writeUInt16LE(name.length, 26)
    local.writeUInt16LE(extra.length, 28)
    const header = Buffer.alloc(46)
    header.writeUInt32LE(0x02014b50, 0)
    header.writeUInt16LE(method, 10)
    header.writeUInt32LE(data.length, 20)
    header.writeUInt16LE(name.length, 28)
    header.writeUInt32LE((mode << 16) >>> 0, 38)
    header.writeUInt32LE(offset, 42)
    const parts = [local, Buffer.from(name), extra, data]
    locals.push(...parts)
    central.push(header, Buffer.from(name))
    offset += parts.reduce((sum, part) => sum + part.length, 0)
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

let folder = ''
const file = () => join(folder, 'a.zip')
const out = () => join(folder, 'out')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'authdesk-zip-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('extractZip', () => {
  it('unpacks what is chosen, with its mode, to where it is told', async () => {
    const entries: Entry[] = [
      { name: 'App/', content: '', method: 0 },
      { name: 'App/run', content: 'run '.repeat(1_000), method: 8, mode: 0o755 },
      { name: 'App/plain', content: 'plain', method: 0 },
      { name: 'App/empty', content: '', method: 0 },
      { name: 'App/left-out', content: 'x', method: 0 },
    ]
    writeFileSync(file(), zip(entries))
    await extractZip(file(), out(), (name) =>
      name === 'App/left-out' ? undefined : name.slice('App/'.length),
    )
    expect(readFileSync(join(out(), 'run'), 'utf8')).toBe('run '.repeat(1_000))
    expect(statSync(join(out(), 'run')).mode & 0o777).toBe(0o755)
    expect(readFileSync(join(out(), 'plain'), 'utf8')).toBe('plain')
    expect(readFileSync(join(out(), 'empty'), 'utf8')).toBe('')
    expect(existsSync(join(out(), 'left-out'))).toBe(false)
  })

  it('never writes outside its folder', async () => {
    writeFileSync(file(), zip([{ name: 'a/../../escaped', content: 'x', method: 0 }]))
    await expect(extractZip(file(), out(), (name) => name)).rejects.toThrow('leaves its folder')
    expect(existsSync(join(folder, 'escaped'))).toBe(false)
  })

  it('refuses what it can’t read', async () => {
    writeFileSync(file(), 'no zip at all, but longer than an end record')
    await expect(extractZip(file(), out(), (name) => name)).rejects.toThrow('not a zip file')
    writeFileSync(file(), zip([{ name: 'a', content: 'x', method: 99 }]))
    await expect(extractZip(file(), out(), (name) => name)).rejects.toThrow('Unknown compression')
  })
})
