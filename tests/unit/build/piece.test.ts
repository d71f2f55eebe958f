import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inspectFolder } from '../../../build/provision/manifest.mjs'
import { ensurePiece } from '../../../build/provision/piece.mjs'

let cache = ''
let made = 0
let messages: string[] = []

function piece(recipe = 'one') {
  return {
    cache,
    name: 'tool-1.0',
    title: 'Tool 1.0',
    recipe,
    log: (message: string) => {
      messages.push(message)
    },
    make: (folder: string) => {
      made += 1
      mkdirSync(join(folder, 'bin'))
      writeFileSync(join(folder, 'bin', 'tool'), 'binary')
      writeFileSync(join(folder, 'data'), 'data')
      return Promise.resolve('compiled')
    },
  }
}

const tool = () => join(cache, 'tool-1.0', 'bin', 'tool')

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'authdesk-piece-'))
  made = 0
  messages = []
})
afterEach(() => rmSync(cache, { recursive: true }))

describe('ensurePiece', () => {
  it('makes a piece once and remembers how it came about', async () => {
    expect(await ensurePiece(piece())).toEqual({
      folder: join(cache, 'tool-1.0'),
      made: true,
      note: 'compiled',
    })
    expect(await ensurePiece(piece())).toMatchObject({ made: false, note: 'compiled' })
    expect({ made, messages }).toEqual({ made: 1, messages: [] })
  })

  it.each([
    ['a missing file', () => rmSync(tool()), 'bin/tool is missing'],
    ['a longer file', () => appendFileSync(tool(), '!'), 'bin/tool has another size'],
    [
      'another content of the same size',
      () => writeFileSync(tool(), 'BINARY'),
      'bin/tool has another content',
    ],
    [
      'a missing list',
      () => rmSync(join(cache, 'tool-1.0', 'manifest.json')),
      'its list of files is missing',
    ],
    [
      'a broken list',
      () => writeFileSync(join(cache, 'tool-1.0', 'manifest.json'), '{'),
      'its list of files',
    ],
  ])('mends %s', async (_what, damage, reason) => {
    await ensurePiece(piece())
    utimesSync(tool(), 1, 1)
    damage()
    expect(await ensurePiece(piece())).toMatchObject({ made: true })
    expect(readFileSync(tool(), 'utf8')).toBe('binary')
    expect(messages.join()).toContain(reason)
    expect(readdirSync(cache)).toEqual(['tool-1.0'])
  })

  it('reads a file again whose time alone differs, and remembers the time', async () => {
    await ensurePiece(piece())
    utimesSync(tool(), 1, 1)
    expect(await ensurePiece(piece())).toMatchObject({ made: false })
    writeFileSync(tool(), 'BINARY')
    utimesSync(tool(), 1, 1)
    expect(await inspectFolder(join(cache, 'tool-1.0'), 'one')).toMatchObject({ state: 'whole' })
  })

  it('makes it anew from other parts', async () => {
    await ensurePiece(piece())
    expect(await ensurePiece(piece('two'))).toMatchObject({ made: true })
  })

  it('leaves the old piece and no rubbish when making fails', async () => {
    await ensurePiece(piece())
    const failing = { ...piece('two'), make: () => Promise.reject(new Error('no network')) }
    await expect(ensurePiece(failing)).rejects.toThrow('no network')
    expect(readdirSync(cache)).toEqual(['tool-1.0'])
    expect(await ensurePiece(piece())).toMatchObject({ made: false })
  })

  it('makes it once when two want it at the same time', async () => {
    const both = await Promise.all([ensurePiece(piece()), ensurePiece(piece())])
    expect(both.map((result) => result.made).sort()).toEqual([false, true])
    expect(made).toBe(1)
  })

  it('clears what a killed process left', async () => {
    mkdirSync(join(cache, 'tool-1.0.tmp-x1y2z3'))
    await ensurePiece(piece())
    expect(readdirSync(cache)).toEqual(['tool-1.0'])
  })
})
