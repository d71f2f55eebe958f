import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import { createPasswordPolicy, type PasswordSubject } from '../../../src-main/core/sign-in/password-policy'

const ada: PasswordSubject = {
  username: 'ada.lovelace',
  email: 'analytical@engine-works.test',
  fullName: 'Augusta Byron-King',
}

async function why(password: string, { minimum = 12, subject = ada } = {}): Promise<unknown> {
  try {
    await createPasswordPolicy(() => Promise.resolve(minimum))(password, subject)
    return 'good'
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.code).toBe('PASSWORD_WEAK')
    expect(`${error.message} ${JSON.stringify(error.details)}`).not.toContain(password)
    return error.details['why']
  }
}

describe('a password', () => {
  it('of unrelated words is good', async () => {
    expect(await why('copper-lantern-viaduct-ninety')).toBe('good')
    expect(await why('größe-Vulkan-Teppich-Nebel')).toBe('good')
  })

  it('needs the configured length, in characters as people count them', async () => {
    expect(await why('kV7#qz!Lw2p')).toBe('short')
    expect(await why('kV7#qz!Lw2pX')).toBe('good')
    expect(await why('kV7#qz!Lw2pX', { minimum: 13 })).toBe('short')
    expect(await why('🦊🐢🌋🎻🧊🚲')).toBe('short')
    // The same letters composed and decomposed are as long as each other.
    expect(await why('é'.normalize('NFD').repeat(6))).toBe('short')
  })

  it('has at most 1,024 bytes', async () => {
    const long = Array.from({ length: 700 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7919) % 20000)),
    ).join('')
    expect(await why(long.slice(0, 341))).toBe('good')
    expect(await why(long.slice(0, 342))).toBe('long')
    expect(await why('x'.repeat(1025))).toBe('long')
  })

  it.each(['password1234', 'qwertyuiop12', 'aaaaaaaaaaaaaaaa', '123456789012345', 'Password!2024'])(
    '%s is easy to guess',
    async (password) => {
      expect(await why(password)).toBe('guessable')
    },
  )

  it('is weaker for the person whose own words it is made of', async () => {
    const stranger = { username: 'bob', email: null, fullName: null }
    for (const password of ['augustabyronking', 'ada.lovelace', 'analytical@engine-works.test']) {
      expect(await why(password), password).toBe('guessable')
    }
    expect(await why('xqvortizplomgee', { subject: stranger })).toBe('good')
    expect(await why('xqvortizplomgee', { subject: { ...stranger, fullName: 'Xqvortiz Plomgee' } })).toBe(
      'guessable',
    )
  })
})
