import { describe, expect, it } from 'vitest'
import { codes, codeSchema } from '../../../src-main/contract/errors'
import { english } from '../../../src-main/contract/texts/en'
import { createTexts, titleOf } from '../../../src-main/core/app/texts'

const texts: Readonly<Record<string, Readonly<Record<string, string>>>> = english.codes

describe('codes', () => {
  it('are named once each', () => {
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
    expect(codes.every((code) => codeSchema.safeParse(code).success)).toBe(true)
  })

  it('have texts, and no text is left over', () => {
    expect(Object.keys(texts).toSorted()).toEqual([...codes].toSorted())
  })

  it.each(codes)('%s says what happened, why, and what to do', (code) => {
    const text = texts[code] ?? {}
    expect(Object.keys(text).toSorted()).toEqual(['cause', 'next', 'title'])
    for (const part of Object.values(text)) expect(part).toMatch(/^\S(.*\S)?$/s)
  })

  it.each(codes)('%s keeps a calm voice', (code) => {
    const { title = '', cause = '', next = '' } = texts[code] ?? {}
    expect(`${title} ${cause} ${next}`).not.toMatch(/oops|sorry|!|\bTODO\b/i)
    expect(title).not.toMatch(/\.$/)
    for (const sentence of [cause, next]) expect(sentence).toMatch(/[.?]$/)
  })

  it('have a title that the core can say', () => {
    const t = createTexts()
    for (const code of codes) expect(titleOf(t, code)).toBe(texts[code]?.['title'])
  })
})
