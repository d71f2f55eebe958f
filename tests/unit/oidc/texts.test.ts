import { expect, test } from 'vitest'
import { oidcCodes } from '../../../src-main/contract/errors'
import { oidcCodeTexts } from '../../../src-main/contract/texts/en/codes-oidc'
import { createTexts, titleOf } from '../../../src-main/core/app/texts'

test.each(oidcCodes)('%s says what happened, why, and what to do', (code) => {
  const { title, cause, next } = oidcCodeTexts[code]
  expect(title).not.toBe(code)
  expect(title).not.toMatch(/[.!]$/)
  for (const sentence of [cause, next]) expect(sentence).toMatch(/^[A-Z“O].+[.]$/s)
  expect(`${title} ${cause} ${next}`).not.toMatch(/!|oops|please/i)
  expect(titleOf(createTexts(), code)).toBe(title)
})

test('no two codes have the same title', () => {
  const titles = oidcCodes.map((code) => oidcCodeTexts[code].title)
  expect(new Set(titles).size).toBe(titles.length)
})

test('numbers agree with their nouns', () => {
  const t = createTexts()
  expect(t('oidc.stage.dns.passed', { host: 'h', count: 1 })).toBe('h has 1 address.')
  expect(t('oidc.stage.dns.passed', { host: 'h', count: 2 })).toBe('h has 2 addresses.')
})
