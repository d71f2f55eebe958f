import { describe, expect, it } from 'vitest'
import { createPasswordHasher, leastCost, standardCost } from '../../../src-main/core/sign-in/password-hash'

const hasher = createPasswordHasher(leastCost)
const password = 'copper-lantern-viaduct'

describe('a hash', () => {
  it('is argon2id at OWASP’s floor or above', async () => {
    const [, memory, time, lanes] =
      /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(await hasher.hash(password))?.map(Number) ?? []
    expect(memory).toBeGreaterThanOrEqual(19 * 1024)
    expect(time).toBeGreaterThanOrEqual(2)
    expect(lanes).toBe(1)
  })

  it('costs what RFC 9106 recommends where nothing else is said, and so does the one of nobody’s password', async () => {
    const stored = await createPasswordHasher().hash(password)
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
    for (const { dummy, memoryCost, timeCost, parallelism } of [standardCost, leastCost])
      expect(dummy).toContain(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`)
  })

  it('that is cheaper than today’s is good for one sign-in more', async () => {
    const cheap = await hasher.hash(password)
    const today = createPasswordHasher()
    expect([await today.verify(cheap, password), today.isOutdated(cheap)]).toEqual([true, true])
    expect([hasher.isOutdated(cheap), today.isOutdated(standardCost.dummy)]).toEqual([false, false])
  })

  it('is salted, and fits its own password only', async () => {
    const [one, two] = await Promise.all([hasher.hash(password), hasher.hash(password)])
    expect(one).not.toBe(two)
    expect(await hasher.verify(one, password)).toBe(true)
    expect(await hasher.verify(one, `${password} `)).toBe(false)
    expect(await hasher.verify(one, password.toUpperCase())).toBe(false)
  })

  it('takes composed and decomposed letters for the same', async () => {
    const stored = await hasher.hash('größe-café'.normalize('NFD'))
    expect(await hasher.verify(stored, 'größe-café'.normalize('NFC'))).toBe(true)
  })

  it('that is not there fits nothing, at the price of one that is', async () => {
    const stored = await hasher.hash(password)
    const timed = async (hash: string | null) => {
      const start = performance.now()
      expect(await hasher.verify(hash, 'wrong')).toBe(false)
      return performance.now() - start
    }
    const [absent, present] = [await timed(null), await timed(stored)]
    // Without a verification it would be a thousandth of it.
    expect(absent).toBeGreaterThan(present / 10)
    for (const guess of ['', 'dummy', 'password', password])
      expect(await hasher.verify(null, guess)).toBe(false)
  })
})
