import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as passwordHash from '../../../src-main/core/sign-in/password-hash'
import { adaPassword, codeOf, rootPassword, startPeopledConsole, type Console } from './console'

let verifications = 0
vi.mock('../../../src-main/core/sign-in/password-hash', async (original) => {
  const real = await original<typeof passwordHash>()
  return {
    ...real,
    createPasswordHasher: (cost?: passwordHash.PasswordCost) => {
      const hasher = real.createPasswordHasher(cost)
      const verify: typeof hasher.verify = (stored, password) => {
        verifications += 1
        return hasher.verify(stored, password)
      }
      return { ...hasher, verify }
    },
  }
})

let desk: Console
beforeEach(async () => {
  desk = await startPeopledConsole()
  verifications = 0
})
afterEach(() => desk.close())

const wrong = 'wrong-wrong-wrong'
const fail = async (name: string, times: number) => {
  for (let time = 0; time < times; time += 1) await desk.signIn(name, wrong)
}
const codes = async (name: string, password: string) => codeOf(await desk.signIn(name, password))

describe('five failures', () => {
  it('lock the account for 15 minutes, for its right password too, and say how long', async () => {
    await fail('ada', 4)
    expect((await desk.account('ada')).locked).toBeNull()
    await fail('ada', 1)
    verifications = 0
    const refused = await desk.signIn('ada', adaPassword)
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'RATE_LIMITED', details: { seconds: 900, until: '2025-03-01T09:15:00.000Z' } },
    })
    expect(refused.ok ? '' : refused.error.message).toContain('900 s')
    expect(verifications).toBe(0)
    expect((await desk.account('ada')).locked).toBe('2025-03-01T09:15:00.000Z')
    desk.pass({ minutes: 14, seconds: 59, ms: 999 })
    expect(await desk.signIn('ada', adaPassword)).toMatchObject({ error: { details: { seconds: 1 } } })
    desk.pass({ ms: 1 })
    expect(await codes('ada', adaPassword)).toBe('OK')
    expect((await desk.account('ada')).locked).toBeNull()
  })

  it('count for the account however the name is written, with a domain too', async () => {
    for (const name of ['ada', 'DESK\\ada', 'ada@desk.test', 'Ada', 'desk\\ADA']) await fail(name, 1)
    expect((await desk.account('ada')).locked).toBe('2025-03-01T09:15:00.000Z')
    expect(await codes('ada', adaPassword)).toBe('RATE_LIMITED')
    expect(await codes('DESK\\ada', adaPassword)).toBe('RATE_LIMITED')
  })

  it('that came slowly lock for as long as the list shows', async () => {
    for (let time = 0; time < 5; time += 1) {
      if (time > 0) desk.pass({ minutes: 3 })
      await fail('ada', 1)
    }
    expect((await desk.account('ada')).locked).toBe('2025-03-01T09:27:00.000Z')
    desk.pass({ minutes: 4 })
    expect(await codes('ada', adaPassword)).toBe('RATE_LIMITED')
    desk.pass({ minutes: 11 })
    expect(await codes('ada', adaPassword)).toBe('OK')
  })

  it('are forgotten by a success, and by 15 minutes', async () => {
    await fail('ada', 4)
    expect(await codes('ada', adaPassword)).toBe('OK')
    await fail('ada', 4)
    expect(await codes('ada', adaPassword)).toBe('OK')
    await fail('ada', 4)
    desk.pass({ minutes: 15 })
    await fail('ada', 1)
    expect(await codes('ada', adaPassword)).toBe('OK')
  })

  it('count for another spelling of the name, and for nobody else', async () => {
    await desk.addPerson('grace')
    for (const name of ['ada', 'ADA', ' Ada ', 'ａｄａ', 'aDa']) await fail(name, 1)
    expect(await codes('ada', adaPassword)).toBe('RATE_LIMITED')
    expect(await codes('grace', adaPassword)).toBe('OK')
  })

  it('count for a name that nobody has, with or without a domain', async () => {
    for (const name of ['ghost', 'GHOST', 'DESK\\ghost', 'ghost@desk.test', 'other\\ghost'])
      await fail(name, 1)
    for (const name of ['ghost', 'more\\ghost', 'ghost@elsewhere.test']) {
      expect(await codes(name, wrong)).toBe('RATE_LIMITED')
    }
    expect(await codes('phantom', wrong)).toBe('SIGN_IN_REFUSED')
  })

  it('are kept over a restart, and hold on another console of the home', async () => {
    await fail('ada', 5)
    expect(codeOf(await desk.another().signIn('ada', adaPassword))).toBe('RATE_LIMITED')
  })

  it('at the same time are five, not as many as come', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => desk.signIn('ada', wrong)))
    expect(verifications).toBe(5)
    expect(results.filter((result) => codeOf(result) === 'RATE_LIMITED')).toHaveLength(15)
  })

  it('while the account is limited are not counted again', async () => {
    await fail('ada', 5)
    desk.pass({ minutes: 10 })
    await fail('ada', 10)
    desk.pass({ minutes: 5 })
    expect(await codes('ada', adaPassword)).toBe('OK')
  })
})

describe('thirty failures', () => {
  it('on the console stop everybody but the last administrator', async () => {
    for (let name = 0; name < 29; name += 1) await fail(`ghost-${name}`, 1)
    expect(await codes('ada', adaPassword)).toBe('OK')
    await fail('ghost-29', 1)
    expect(await codes('ada', adaPassword)).toBe('RATE_LIMITED')
    expect(await codes('ghost-30', wrong)).toBe('RATE_LIMITED')
    expect(await codes('root', rootPassword)).toBe('OK')
    desk.pass({ minutes: 15 })
    expect(await codes('ada', adaPassword)).toBe('OK')
  })
})

describe('the last local administrator', () => {
  it('is never locked, only delayed: a second, then twice as long each time', async () => {
    await fail('root', 5)
    for (const seconds of [1, 2, 4]) {
      expect(await desk.signIn('root', rootPassword)).toMatchObject({
        error: { code: 'RATE_LIMITED', details: { seconds } },
      })
      desk.pass({ seconds })
      await fail('root', 1)
    }
    expect((await desk.account('root')).locked).toBeNull()
    desk.pass({ seconds: 8 })
    expect(await codes('root', rootPassword)).toBe('OK')
  })

  it('is locked like everybody else while there is another one', async () => {
    await desk.addPerson('second', { role: 'admin' })
    await fail('root', 5)
    desk.pass({ minutes: 2 })
    expect(await codes('root', rootPassword)).toBe('RATE_LIMITED')
    expect((await desk.account('root')).locked).not.toBeNull()
  })

  it('is who is left when the other one is disabled', async () => {
    const id = await desk.addPerson('second', { role: 'admin' })
    await desk.cliValue('users.disable', { id })
    await fail('root', 5)
    desk.pass({ minutes: 2 })
    expect(await codes('root', rootPassword)).toBe('OK')
  })
})

describe('changing the password', () => {
  it('counts wrong present passwords like failed sign-ins, in parallel too', async () => {
    await desk.signIn('ada', adaPassword)
    verifications = 0
    const input = { current: wrong, next: 'marble-oyster-canopy-twelve' }
    const results = await Promise.all(
      Array.from({ length: 12 }, () => desk.code('session.changePassword', input)),
    )
    expect(results.toSorted()).toEqual([
      ...Array.from({ length: 7 }, () => 'RATE_LIMITED'),
      ...Array.from({ length: 5 }, () => 'SIGN_IN_REFUSED'),
    ])
    expect(verifications).toBe(5)
    expect(await desk.code('session.changePassword', { ...input, current: adaPassword })).toBe('RATE_LIMITED')
  })
})
