import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeExport } from '../../../src-main/core/app/export-file'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'authdesk-export-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('an exported file', () => {
  it('is whole, for its owner only, and takes the place of an older one', async () => {
    const file = join(folder, 'people.csv')
    writeFileSync(file, 'old', { mode: 0o644 })
    expect(await writeExport(file, ['a,', 'ü\r\n'])).toBe(6)
    expect(readFileSync(file, 'utf8')).toBe('a,ü\r\n')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('is not touched when what is to be written fails half way', async () => {
    const file = join(folder, 'people.csv')
    writeFileSync(file, 'old')
    async function* broken() {
      yield await Promise.resolve('new')
      throw new Error('the database is gone')
    }
    await expect(writeExport(file, broken())).rejects.toThrow('the database is gone')
    expect(readdirSync(folder)).toEqual(['people.csv'])
    expect(readFileSync(file, 'utf8')).toBe('old')
  })

  it('says which place cannot be written and why', async () => {
    const file = join(folder, 'missing', 'people.csv')
    await expect(writeExport(file, ['a'])).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { path: file, reason: 'ENOENT' },
    })
  })
})
