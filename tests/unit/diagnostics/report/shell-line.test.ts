import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellLine, shellWord } from '../../../../src-main/core/diagnostics/report/shell-line'

/** What a shell makes of the words. */
function words(line: string): string[] {
  const out = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8', env: {} })
  return out.split('\0').slice(0, -1)
}

describe('a word for a shell', () => {
  it('is one word with the same text', () => {
    const awkward = [
      "O'Neil",
      '$(id)',
      '`id`',
      '"',
      '\\',
      '!x',
      '*',
      '~',
      '',
      'a b',
      '-W',
      '#',
      ';id',
      '&&',
      'ü\u{1f511}',
    ]
    const sample = [...awkward, ...fc.sample(fc.string({ unit: 'grapheme' }), 300)].filter(
      (text) => !text.includes('\0'),
    )
    expect(words(sample.map(shellWord).join(' '))).toEqual(sample)
  })
})

describe('a line', () => {
  it('quotes what comes from the run, in a variable too', () => {
    expect(shellLine([{ value: "/a b's.pem", variable: 'CA' }, 'tool -x', { value: 'dc=example' }])).toBe(
      String.raw`CA='/a b'\''s.pem' tool -x dc=example`,
    )
  })

  it.each(['a\nrm -rf /', 'a\u001b[2J', 'a\u2028b', 'a\u202eb', 'cn=[removed],dc=example'])(
    'is not written with %j in it',
    (text) => {
      expect(shellLine(['tool', { value: text }])).toBeNull()
    },
  )
})
