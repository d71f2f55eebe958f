import { describe, expect, it } from 'vitest'
import { setFuses } from '../../../build/provision/fuses.mjs'

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

function executable(version: number, states: string): Buffer {
  const head = Buffer.concat([Buffer.from(`ELF before ${sentinel}`), Buffer.from([version, states.length])])
  return Buffer.concat([head, Buffer.from(`${states} after`)])
}

describe('setFuses', () => {
  it('changes only the fuses that are named', () => {
    const bytes = executable(1, '10001011')
    setFuses(bytes, { 3: 'on', 6: 'off' })
    expect(bytes).toEqual(executable(1, '10011001'))
  })

  it('refuses a file without fuses', () => {
    expect(() => setFuses(Buffer.from('just bytes'), { 3: 'on' })).toThrow('no Electron fuses')
  })

  it('refuses another version of the format', () => {
    expect(() => setFuses(executable(2, '1000'), { 3: 'on' })).toThrow("version of Electron's fuses: 2")
  })

  it('refuses a fuse beyond the list, and one that was removed', () => {
    expect(() => setFuses(executable(1, '100'), { 3: 'on' })).toThrow('no Electron fuse 3')
    expect(() => setFuses(executable(1, '100r'), { 3: 'on' })).toThrow('no Electron fuse 3')
  })
})
