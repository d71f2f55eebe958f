import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPasswordHasher, leastCost } from '../../../src-main/core/sign-in/password-hash'
import { readStoredHash } from '../../../src-main/core/sign-in/stored-hash'

const password = 'Grün wächst der Farn'
/** Made by Python's hashlib and libcrypt, and by the reference implementation of argon2. */
const vectors = [
  'scrypt:32768:8:1$aB3dE5fG7hJ9kL1m$125b92e4b99fb2bf7d8626acf898aad63da5bc05d10a577215a0f5b9a9c3a5d2a47941a4080e60b507025ac7369bc01a9ace399d430436ae81fe0004d0cf61ba',
  'pbkdf2:sha256:600000$Zx8vB6nM4qW2eR0t$ecaa8205b7c6456ead976c60d0c2e7ab8a697802db821d9ca0b679fac26887eb',
  'pbkdf2:sha1:1000$Zx8vB6nM$24eb50c26d1cde05e3dc3cff3a4dad9d49ab0783',
  'pbkdf2:sha512:2000$Zx8vB6nM$755b0879ff2b47aa5cde089da5f5449bf09a1c0df6c4da2a1df8b711ea66570c2a746c865581151a6e2a30b0e2ce79a989d5b7454363eafaa33478b2576e8955',
  '$2b$10$abcdefghijklmnopqrstuu/mhZmx86tc0SIWIk7aGsYVicC/T8Gsq',
  '$2a$04$abcdefghijklmnopqrstuuSZzIUSqc8a1pc2CeoBLzgEVMk297mXW',
  '$2y$04$abcdefghijklmnopqrstuuSZzIUSqc8a1pc2CeoBLzgEVMk297mXW',
  '$argon2i$v=19$m=8192,t=3,p=2$MDEyMzQ1Njc4OWFiY2RlZg$OeP+barWhtNkcVYPRpWo4iKNDWHGTQuMsF3vVJGurME',
  '$argon2id$v=19$m=4096,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$9sROQ/fo9Mc4aBSCzIDPNq9oU9HpdJZDAhfHPY92R4M',
]
const hasher = createPasswordHasher(leastCost)

describe('a stored hash of an application', () => {
  it.each(vectors)('%s is verified, and its password hashed anew', async (stored) => {
    expect(await hasher.verify(stored, password)).toBe(true)
    expect(hasher.isOutdated(stored)).toBe(true)
    for (const wrong of ['', password.slice(0, -1), `${password} `, password.toLowerCase()])
      expect(await hasher.verify(stored, wrong)).toBe(false)
  })

  it('of our own making is kept', async () => {
    const own = await hasher.hash(password)
    expect(readStoredHash(own)).toMatchObject({ kind: 'argon2', variant: 'argon2id' })
    expect(hasher.isOutdated(own)).toBe(false)
  })

  it.each([
    [
      'an argon2 of 4 GiB',
      '$argon2id$v=19$m=4194304,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$9sROQ/fo9Mc4aBSCzIDPNq9oU9HpdJZDAhfHPY92R4M',
    ],
    [
      'an argon2 of 9999 passes',
      '$argon2id$v=19$m=4096,t=9999,p=1$MDEyMzQ1Njc4OWFiY2RlZg$9sROQ/fo9Mc4aBSCzIDPNq9oU9HpdJZDAhfHPY92R4M',
    ],
    [
      'an argon2 without memory',
      '$argon2id$v=19$m=0,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$9sROQ/fo9Mc4aBSCzIDPNq9oU9HpdJZDAhfHPY92R4M',
    ],
    ['a bcrypt of cost 31', '$2b$31$abcdefghijklmnopqrstuu/mhZmx86tc0SIWIk7aGsYVicC/T8Gsq'],
    ['a bcrypt of cost 3', '$2b$03$abcdefghijklmnopqrstuu/mhZmx86tc0SIWIk7aGsYVicC/T8Gsq'],
    ['a scrypt of 1 GiB', `scrypt:1048576:8:1$salt$${'0'.repeat(128)}`],
    ['a scrypt whose N is no power of two', `scrypt:30000:8:1$salt$${'0'.repeat(128)}`],
    ['a scrypt with a short key', `scrypt:32768:8:1$salt$${'0'.repeat(64)}`],
    ['a pbkdf2 of 999 million iterations', `pbkdf2:sha256:999000000$salt$${'0'.repeat(64)}`],
    ['a pbkdf2 with another digest’s key', `pbkdf2:sha256:1000$salt$${'0'.repeat(40)}`],
    ['a pbkdf2 without a count', `pbkdf2:sha256$salt$${'0'.repeat(64)}`],
    ['md5', 'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99'],
    ['a plain password', password],
    ['nothing', ''],
  ])('that is %s is not read, and lets nobody in', async (_, stored) => {
    expect(readStoredHash(stored)).toBeNull()
    expect(await hasher.verify(stored, password)).toBe(false)
  })

  it('is whatever text without harm', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^(\$argon2id|\$2b|scrypt:|pbkdf2:)[$\w:=,]{0,60}$/))
    fc.assert(fc.property(text, (stored) => void readStoredHash(stored)))
  })
})
