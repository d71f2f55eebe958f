import { describe, expect, it } from 'vitest'
import { applicationHash, formatOf } from '../../../src-main/core/application/application-hash'
import { readStoredHash, verifyForeign } from '../../../src-main/core/sign-in/stored-hash'

const scrypt = `scrypt:2048:8:1$saltsaltsaltsalt$${'ab'.repeat(64)}`
const pbkdf2 = (iterations: number) => `pbkdf2:sha256:${iterations}$saltsalt$${'cd'.repeat(32)}`

describe('a hash as the application writes it', () => {
  it.each([
    ['werkzeug', [scrypt, pbkdf2(1000)], 'scrypt 2048:8:1'],
    ['werkzeug', [pbkdf2(1000), scrypt], 'scrypt 2048:8:1'],
    ['werkzeug', [pbkdf2(1000), pbkdf2(1200)], 'pbkdf2 sha256:1200'],
    ['werkzeug', ['not a hash'], 'scrypt 32768:8:1'],
    ['werkzeug', [], 'scrypt 32768:8:1'],
    ['bcrypt-2b', [`$2b$04$${'x'.repeat(53)}`], 'bcrypt 4'],
  ] as const)('%s beside %j has the parameters in use', async (format, inUse, told) => {
    const hash = await applicationHash('a word', { format, inUse })
    expect(formatOf(hash)).toBe(told)
    const read = readStoredHash(hash)
    if (read === null || read.kind === 'argon2') throw new Error('not read')
    expect(await verifyForeign(hash, read, 'a word')).toBe(true)
    expect(await verifyForeign(hash, read, 'another word')).toBe(false)
  })

  it('has a salt of its own each time, and the application’s own sign', async () => {
    const inUse = [`$2y$04$${'x'.repeat(53)}`]
    const [one, two] = await Promise.all(
      (['bcrypt-2a', 'bcrypt-2a'] as const).map((format) => applicationHash('a word', { format, inUse })),
    )
    expect(one).not.toBe(two)
    expect(one?.slice(0, 7)).toBe('$2a$04$')
  })

  it('is refused where bcrypt would not read to its end', async () => {
    await expect(applicationHash('ä'.repeat(37), { format: 'bcrypt-2b', inUse: [] })).rejects.toMatchObject({
      code: 'PASSWORD_WEAK',
    })
  })
})
