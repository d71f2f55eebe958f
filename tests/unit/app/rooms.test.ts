import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFiles } from '../../../src-main/core/app/files'
import { defaultHome, homeAt, prepareHome } from '../../../src-main/core/app/home'
import { lazily } from '../../../src-main/core/app/rooms'

describe('lazily', () => {
  it('runs once, at first use, for all who ask at the same time', async () => {
    let made = 0
    const get = lazily(() => Promise.resolve((made += 1)))
    expect([get.started(), made]).toEqual([false, 0])
    expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1])
    expect(get.started()).toBe(true)
  })

  it('forgets a failure, so that the next call tries again', async () => {
    let tries = 0
    const get = lazily(() =>
      (tries += 1) === 1 ? Promise.reject(new Error('busy')) : Promise.resolve('open'),
    )
    await expect(get()).rejects.toThrow('busy')
    expect(get.started()).toBe(false)
    expect(await get()).toBe('open')
  })
})

describe('files', () => {
  it('are known by a handle that says nothing, and by nothing else', () => {
    const files = createFiles()
    const { handle, name } = files.add('/home/mira/people.ldif')
    expect(name).toBe('people.ldif')
    expect(handle).not.toContain('mira')
    expect(files.path(handle)).toBe('/home/mira/people.ldif')
    for (const guess of ['/home/mira/people.ldif', 'people.ldif', '', '__proto__', 'constructor']) {
      expect(files.path(guess)).toBeNull()
    }
  })

  it('get a handle each, the same file too', () => {
    const files = createFiles()
    expect(files.add('/a').handle).not.toBe(files.add('/a').handle)
  })
})

describe('the home', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'authdesk-home-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is where AUTHDESK_HOME says, else where the system keeps such things', () => {
    expect(defaultHome({ AUTHDESK_HOME: folder, APPDATA: 'x' }, 'win32')).toBe(folder)
    expect(defaultHome({ APPDATA: join('C', 'Roaming') }, 'win32')).toBe(join('C', 'Roaming', 'Authdesk'))
    expect(defaultHome({}, 'darwin')).toBe(join(homedir(), 'Library', 'Application Support', 'Authdesk'))
    expect(defaultHome({ XDG_DATA_HOME: '/data' }, 'linux')).toBe(join('/data', 'authdesk'))
    expect(defaultHome({ XDG_DATA_HOME: '' }, 'linux')).toBe(join(homedir(), '.local', 'share', 'authdesk'))
  })

  it.skipIf(process.platform === 'win32')('is its owner’s only, an existing one too', () => {
    const home = homeAt(join(folder, 'home'))
    prepareHome(home)
    const modes = [home.path, home.backups, home.profiles, join(home.path, 'logs')].map(
      (path) => statSync(path).mode & 0o777,
    )
    expect(modes).toEqual([0o700, 0o700, 0o700, 0o700])
    const open = homeAt(folder)
    expect(() => prepareHome(open)).not.toThrow()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })
})
