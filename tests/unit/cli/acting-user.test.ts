import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { osUserName, ownsFiles } from '../../../src-main/hosts/cli/acting-user'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authdesk-owner-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('whose files they are', () => {
  it.skipIf(process.platform === 'win32')('the owner’s alone', async () => {
    const uid = process.getuid?.() ?? 0
    expect(await ownsFiles([folder], uid)).toBe(true)
    expect(await ownsFiles([folder], uid + 1)).toBe(false)
    expect(await ownsFiles([join(folder, 'absent'), folder], uid + 1)).toBe(false)
  })

  it('what does not exist yet belongs to whoever makes it', async () => {
    expect(await ownsFiles([join(folder, 'absent')], 4711)).toBe(true)
  })
})

it('the actor has a user and a host', () => {
  expect(osUserName()).toMatch(/^[^@]+@[^@]+$/)
})
