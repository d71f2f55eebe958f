import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockIsStale, withLock } from '../../../build/provision/lock.mjs'

describe('lockIsStale', () => {
  const owner = { pid: 7, host: 'desk' }
  const lock = { owner, host: 'desk', alive: () => true, ageMs: 1_000 }

  it.each([
    ['a living holder', lock, false],
    ['a holder that is gone', { ...lock, alive: () => false }, true],
    ['a holder on another machine, heard of lately', { ...lock, host: 'other', alive: () => false }, false],
    ['a holder on another machine, silent for long', { ...lock, host: 'other', ageMs: 61_000 }, true],
    ['a number that another program has now', { ...lock, ageMs: 61_000 }, true],
    ['a lock that is being written', { ...lock, owner: undefined }, false],
    ['a lock that was never written', { ...lock, owner: undefined, ageMs: 11_000 }, true],
  ])('%s', (_what, state, stale) => {
    expect(lockIsStale(state)).toBe(stale)
  })
})

describe('withLock', () => {
  let folder = ''
  let file = ''
  const messages: string[] = []
  const log = (message: string) => messages.push(message)
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'authdesk-lock-'))
    file = join(folder, 'piece.lock')
    messages.length = 0
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('lets one in at a time and leaves nothing behind', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
    }
    await Promise.all([withLock(file, log, work), withLock(file, log, work), withLock(file, log, work)])
    expect({ most, left: existsSync(file) }).toEqual({ most: 1, left: false })
    expect(messages.some((message) => message.includes(String(process.pid)))).toBe(true)
  })

  it('takes over from a process that died', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    writeFileSync(file, JSON.stringify({ pid, host: hostname(), token: 'left' }))
    expect(await withLock(file, log, () => Promise.resolve('done'))).toBe('done')
    expect(messages).toEqual([])
  })

  it('is free again after a failure', async () => {
    const failing = withLock(file, log, () => Promise.reject(new Error('broken')))
    await expect(failing).rejects.toThrow('broken')
    expect(existsSync(file)).toBe(false)
  })
})
