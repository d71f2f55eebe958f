import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { migrations } from '../../../migrations'

const folder = join(import.meta.dirname, '../../../migrations')
const files = readdirSync(folder).filter((name) => /^\d{3}-.+\.ts$/.test(name))
const recorded = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(join(folder, 'hashes.json'), 'utf8')))

function hashOf(file: string): string {
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
  return createHash('sha256').update(text).digest('hex')
}

describe('the folder of migrations', () => {
  it('is listed in its index, in order and without gaps', () => {
    expect(migrations.map(({ name }) => `${name}.ts`)).toEqual(files.toSorted())
    expect(files.toSorted().map((name) => Number(name.slice(0, 3)))).toEqual(
      files.map((_, index) => index + 1),
    )
  })

  it('holds the step that adds the provider of an account', () => {
    expect(migrations.some(({ name }) => /^\d{3}-add-user-auth-provider$/.test(name))).toBe(true)
  })

  it.each(files)('%s is what it was when it landed', (file) => {
    const name = file.replace(/\.ts$/, '')
    const message =
      recorded[name] === undefined
        ? `New step: add "${name}": "${hashOf(file)}" to migrations/hashes.json.`
        : `${file} was edited after it landed. Take the edit back and write a new step that makes the change.`
    expect(recorded[name], message).toBe(hashOf(file))
  })

  it('has a hash for nothing else', () => {
    expect(Object.keys(recorded)).toEqual(files.map((file) => file.replace(/\.ts$/, '')).toSorted())
  })

  it('only uses statements that keep rows and checks', () => {
    const all = migrations.flatMap(({ statements }) => statements)
    for (const sql of all) expect(sql).toMatch(/^(CREATE|ALTER TABLE \w+ ADD COLUMN|UPDATE|INSERT) ?/)
  })
})
