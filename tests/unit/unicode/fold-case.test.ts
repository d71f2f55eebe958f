import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldCase } from '../../../src-main/core/unicode/fold-case'

/** Every assigned character of the planes that have letters with case. */
const letters = Array.from({ length: 0x1f000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))

test('folding again changes nothing', () => {
  expect(letters.filter((letter) => foldCase(foldCase(letter)) !== foldCase(letter))).toEqual([])
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(foldCase(foldCase(text))).toBe(foldCase(text))
    }),
  )
})

test('what the platform’s simple case folding holds equal is equal', () => {
  const cased = letters.filter((letter) => /\p{Changes_When_Casemapped}/u.test(letter))
  expect(cased.length).toBeGreaterThan(2500)
  const apart = cased.flatMap((letter) =>
    [letter.toUpperCase(), letter.toLowerCase()]
      .filter((other) => new RegExp(`^${other}$`, 'iu').test(letter))
      .filter((other) => foldCase(other) !== foldCase(letter)),
  )
  expect(apart).toEqual([])
})

test('letters without a partner stay what they are', () => {
  expect(foldCase('ı')).toBe('ı')
  expect(foldCase('漢字 ½'.normalize('NFKC'))).toBe('漢字 1⁄2')
})

test('plain text is folded as any other', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      expect(foldCase(text)).toBe(text.toLowerCase())
    }),
  )
})
