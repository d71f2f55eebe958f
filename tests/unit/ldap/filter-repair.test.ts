import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatFilter } from '../../../src-main/core/ldap/filter'
import { parseFilter } from '../../../src-main/core/ldap/filter-parser'
import { readFilterText } from '../../../src-main/core/ldap/filter-reader'
import { proposeFilter } from '../../../src-main/core/ldap/filter-repair'

/** What people write, where it breaks, and what they meant. */
const mistakes: readonly (readonly [written: string, position: number, meant: string | null])[] = [
  // Parentheses
  ['(uid=ada', 8, '(uid=ada)'],
  ['(&(uid=ada)(cn=x)', 17, '(&(uid=ada)(cn=x))'],
  ['(&(uid=ada)(cn=x', 16, '(&(uid=ada)(cn=x))'],
  ['(uid=ada))', 9, '(uid=ada)'],
  ['(&(uid=ada)(cn=x))))', 18, '(&(uid=ada)(cn=x))'],
  ['((uid=ada)', 1, '(uid=ada)'],
  ['((uid=ada))', 1, '(uid=ada)'],
  ['(&(a=1)(|(b=2)(c=3)', 19, '(&(a=1)(|(b=2)(c=3)))'],
  ['&(a=1)(b=2)', 0, '(&(a=1)(b=2))'],
  ['&(a=1)(b=2))', 0, '(&(a=1)(b=2))'],
  ['(&(a=1)(|b=2)(c=3))', 9, '(&(a=1)(|(b=2))(c=3))'],
  ['(&a=1)', 2, '(&(a=1))'],
  ['(!a=1)', 2, '(!(a=1))'],
  ['(&(a=1(b=2))', 6, '(&(a=1)(b=2))'],
  ['(uid=ada)(', 9, '(uid=ada)'],
  // No operator
  ['(uid=ada)(cn=x)', 9, '(&(uid=ada)(cn=x))'],
  ['((uid=ada)(cn=x))', 1, '(&(uid=ada)(cn=x))'],
  ['(objectClass=person)(|(a=1)(b=2))', 20, '(&(objectClass=person)(|(a=1)(b=2)))'],
  // Signs of other languages
  ['(&&(a=1)(b=2))', 2, '(&(a=1)(b=2))'],
  ['(||(a=1)(b=2))', 2, '(|(a=1)(b=2))'],
  ['(a=1)&&(b=2)', 5, '(&(a=1)(b=2))'],
  ['(a=1)||(b=2)', 5, '(|(a=1)(b=2))'],
  ['(a=1)&(b=2)', 5, '(&(a=1)(b=2))'],
  ['((a=1)|(b=2))', 1, '(|(a=1)(b=2))'],
  ['(&(a=1)|(b=2)(c=3))', 7, '(&(a=1)(|(b=2)(c=3)))'],
  ['(a!=1)', 2, '(!(a=1))'],
  ['(a<>1)', 2, '(!(a=1))'],
  ['!(a=1)', 0, '(!(a=1))'],
  ['(&amp;(a=1)(b=2))', 2, '(&(a=1)(b=2))'],
  ['(a>5)', 2, '(a>=5)'],
  ['(a<5)', 2, '(a<=5)'],
  ['(a=>5)(b=1)', 6, '(&(a>=5)(b=1))'],
  ['(a~x)', 2, '(a~=x)'],
  // Words of SQL
  ["uid = 'ada' AND mail = '*@example.test'", 12, '(&(uid=ada)(mail=*@example.test))'],
  ['uid=ada AND mail=x', 8, '(&(uid=ada)(mail=x))'],
  ['uid=ada OR uid=grace', 8, '(|(uid=ada)(uid=grace))'],
  ['a=1 AND b=2 OR c=3', 4, '(|(&(a=1)(b=2))(c=3))'],
  ['(a=1) AND (b=2)', 6, '(&(a=1)(b=2))'],
  ['(a=1) or (b=2)', 6, '(|(a=1)(b=2))'],
  ['(a=1) and not (b=2)', 6, '(&(a=1)(!(b=2)))'],
  ['NOT (a=1)', 3, '(!(a=1))'],
  ["(cn LIKE 'Ad%')", 3, '(cn=Ad*)'],
  ['(mail IS NOT NULL)', 5, '(mail=*)'],
  ['(mail IS NULL)', 5, '(!(mail=*))'],
  ["(uid IN ('ada', 'grace'))", 4, '(|(uid=ada)(uid=grace))'],
  // The equals sign
  ['(uid)', 4, '(uid=*)'],
  ['(uid ada)', 4, '(uid=ada)'],
  ['(uid:ada)', 4, '(uid=ada)'],
  ['(&(uid)(cn=x))', 6, '(&(uid=*)(cn=x))'],
  ['mail', 4, '(mail=*)'],
  // Spaces and quotes
  ['(uid = ada)', 4, '(uid=ada)'],
  ['( & ( uid = ada ) ( cn = x ) )', 9, '(&(uid=ada)(cn=x))'],
  ['"(uid=ada)"', 0, '(uid=ada)'],
  ["'(&(a=1)(b=2))'", 0, '(&(a=1)(b=2))'],
  ['(&(a=1),(b=2))', 7, '(&(a=1)(b=2))'],
  // What needs an escape
  ['(cn=Ada (Admin))', 8, '(cn=Ada \\28Admin\\29)'],
  ['(&(cn=Ada (Admin))(uid=ada))', 10, '(&(cn=Ada \\28Admin\\29)(uid=ada))'],
  ['(cn=foo) bar)', 9, '(cn=foo\\29 bar)'],
  ['(cn=CORP\\user)', 8, '(cn=CORP\\5cuser)'],
  ['(cn=a\\)', 5, '(cn=a\\29)'],
  ['(cn=a\\*b)', 5, '(cn=a\\2ab)'],
  ['(cn=a\\(b\\))', 5, '(cn=a\\28b\\29)'],
  ['(member=cn=a\\, b,dc=x)', 12, '(member=cn=a\\5c, b,dc=x)'],
  ['(cn=50\\%)', 6, '(cn=50\\5c%)'],
  ['(cn>=a\u0000)', 6, '(cn>=a\\00)'],
  // Nothing suggests itself
  ['', 0, null],
  ['(', 1, null],
  ['()', 1, null],
  ['(=ada)', 1, null],
  ['(*)', 1, null],
  ['(&(=x)(a=1))', 3, null],
]

describe('a correction', () => {
  test.each(mistakes)('%j breaks at %i: %j', (written, position, meant) => {
    expect(readFilterText(written)).toMatchObject({ ok: false, position })
    expect(proposeFilter(written)).toBe(meant)
    expect(() => parseFilter(written)).toThrow(
      expect.objectContaining({
        code: 'LDAP_FILTER_SYNTAX',
        details: expect.objectContaining(
          meant === null ? { position } : { position, proposal: meant },
        ) as unknown,
      }),
    )
  })

  const soup = fc.oneof(
    fc.stringMatching(/^[()&|!=<>~*\\:a1 ,'"]{0,30}$/),
    fc
      .array(
        fc.constantFrom(
          '(',
          ')',
          '&',
          '|',
          '!',
          'a=1',
          'b>=2',
          ' AND ',
          ' or ',
          'NOT ',
          '\\',
          '*',
          ' ',
          'c:=3',
        ),
        {
          maxLength: 15,
        },
      )
      .map((parts) => parts.join('')),
    fc.string(),
  )

  test('of whatever text is itself a filter', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const proposal = proposeFilter(text)
        if (proposal !== null) expect(readFilterText(proposal).ok).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('of a filter whose last parentheses got lost is that filter', () => {
    const item = fc.constantFrom('(uid=ada)', '(cn=A*b)', '(!(mail=*))', '(age>=5)')
    const list = fc.array(item, { minLength: 2, maxLength: 4 })
    const filter = fc.record({ outer: list, inner: list, sign: fc.constantFrom('&', '|') })
    fc.assert(
      fc.property(filter, fc.integer({ min: 1, max: 3 }), ({ outer, inner, sign }, lost) => {
        const other = sign === '&' ? '|' : '&'
        const whole = `(${sign}${outer.join('')}(${other}${inner.join('')}))`
        const cut = whole.slice(0, -lost)
        expect(proposeFilter(cut)).toBe(formatFilter(parseFilter(whole)))
      }),
    )
  })

  test('is not sought without end', () => {
    expect(proposeFilter('('.repeat(5000))).toBeNull()
    expect(proposeFilter(`(a=${'(x '.repeat(3000)}`)).not.toBeUndefined()
    expect(proposeFilter('a'.repeat(20_000))).toBeNull()
  })
})

test('a text without parentheses may say anything that is no word of another language', () => {
  expect(parseFilter('cn=salt and pepper')).toMatchObject({ kind: 'equal', value: 'salt and pepper' })
  expect(parseFilter('(description=salt AND pepper=good)')).toMatchObject({ value: 'salt AND pepper=good' })
})
