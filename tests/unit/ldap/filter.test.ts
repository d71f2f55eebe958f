import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  and,
  equal,
  escapeAssertion,
  formatFilter,
  mapAssertions,
  not,
  or,
  present,
  type Filter,
} from '../../../src-main/core/ldap/filter'
import { parseFilter } from '../../../src-main/core/ldap/filter-parser'
import { toWireFilter } from '../../../src-main/core/ldap/wire-filter'

const attribute = fc.stringMatching(/^[a-z][a-zA-Z0-9-]{0,8}$/)
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.stringMatching(/^[()*\\&|!=<>~ :]{1,6}$/),
)
const some = text.filter((value) => value !== '')
const item: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ kind: fc.constant('present' as const), attribute }),
  fc.record({
    kind: fc.constantFrom('equal' as const, 'approx' as const, 'greater' as const, 'less' as const),
    attribute,
    value: text,
  }),
  fc.record({
    kind: fc.constant('substring' as const),
    attribute,
    initial: some,
    any: fc.array(some, { maxLength: 3 }),
    final: text,
  }),
  fc.record({
    kind: fc.constant('extensible' as const),
    attribute,
    rule: fc.constantFrom('', 'caseExactMatch', '1.2.840.113556.1.4.803'),
    dn: fc.constantFrom('with-dn' as const, 'without-dn' as const),
    value: text,
  }),
)
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    item,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      filters: fc.array(tie('filter'), { maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), filter: tie('filter') }),
  ),
}))

describe('reading', () => {
  test('what is written is read back the same', () => {
    fc.assert(
      fc.property(filter, (parts) => {
        expect(parseFilter(formatFilter(parts))).toEqual(parts)
      }),
    )
  })

  test.each<[string, Filter]>([
    ['(cn=Babs Jensen)', equal('cn', 'Babs Jensen')],
    ['(!(cn=Tim Howes))', not(equal('cn', 'Tim Howes'))],
    [
      '(&(objectClass=Person)(|(sn=Jensen)(cn=Babs J*)))',
      and(
        equal('objectClass', 'Person'),
        or(equal('sn', 'Jensen'), {
          kind: 'substring',
          attribute: 'cn',
          initial: 'Babs J',
          any: [],
          final: '',
        }),
      ),
    ],
    [
      '(o=univ*of*mich*)',
      { kind: 'substring', attribute: 'o', initial: 'univ', any: ['of', 'mich'], final: '' },
    ],
    ['(seeAlso=)', equal('seeAlso', '')],
    [
      '(cn:caseExactMatch:=Fred)',
      { kind: 'extensible', attribute: 'cn', rule: 'caseExactMatch', dn: 'without-dn', value: 'Fred' },
    ],
    [
      '(sn:dn:2.4.6.8.10:=Barney)',
      { kind: 'extensible', attribute: 'sn', rule: '2.4.6.8.10', dn: 'with-dn', value: 'Barney' },
    ],
    [
      '(:1.2.3:=Wilma)',
      { kind: 'extensible', attribute: '', rule: '1.2.3', dn: 'without-dn', value: 'Wilma' },
    ],
    [
      '(o=Parens R Us \\28for all your parenthetical needs\\29)',
      equal('o', 'Parens R Us (for all your parenthetical needs)'),
    ],
    ['(cn=*\\2A*)', { kind: 'substring', attribute: 'cn', initial: '', any: ['*'], final: '' }],
    ['(sn=Lu\\c4\\8di\\c4\\87)', equal('sn', 'Lučić')],
    ['(userCertificate;binary=\\ff\\00)', equal('userCertificate;binary', Buffer.from([0xff, 0]))],
    ['(cn=*)', present('cn')],
    ['(&)', and()],
    ['uid=ada', equal('uid', 'ada')],
    [' ( & ( uid=ada ) (cn=*) ) ', and(equal('uid', 'ada '), present('cn'))],
    ['(2.5.4.3>=m)', { kind: 'greater', attribute: '2.5.4.3', value: 'm' }],
  ])('%s (RFC 4515 section 4 and around it)', (written, parts) => {
    expect(parseFilter(written)).toEqual(parts)
  })

  test.each([
    ['', 0],
    ['(', 1],
    ['(uid=ada', 8],
    ['(uid=ada))', 9],
    ['(&(uid=ada)', 11],
    ['(uid)', 4],
    ['(=ada)', 1],
    ['(uid=a(b)', 6],
    ['(uid=a\\2)', 6],
    ['(uid=a\\zz)', 6],
    ['(!uid=ada)', 2],
    ['(uid>ada)', 4],
    ['(::=x)', 1],
    ['(cn>=\\ff)', 8],
  ])('%j is refused at position %i', (written, position) => {
    expect(() => parseFilter(written)).toThrow(
      expect.objectContaining({
        code: 'LDAP_FILTER_SYNTAX',
        details: expect.objectContaining({ position }) as unknown,
      }),
    )
  })

  test('a filter that is nested without end is refused, not followed', () => {
    expect(() => parseFilter('(!'.repeat(5000) + '(a=b)' + ')'.repeat(5000))).toThrow(
      expect.objectContaining({ code: 'LDAP_FILTER_SYNTAX' }),
    )
  })
})

describe('writing', () => {
  test('whatever is typed stays one value', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const written = formatFilter(and(equal('objectClass', 'person'), equal('uid', typed)))
        expect(parseFilter(written)).toEqual(and(equal('objectClass', 'person'), equal('uid', typed)))
        expect(written.match(/[()]/g)?.length).toBe(6)
      }),
    )
  })

  test('escapes by bytes', () => {
    expect(escapeAssertion('a*b(c)d\\e\u0000')).toBe('a\\2ab\\28c\\29d\\5ce\\00')
    expect(escapeAssertion('\u0085')).toBe('\\c2\\85')
    expect(escapeAssertion(Buffer.from([0, 255]))).toBe('\\00\\ff')
    expect(escapeAssertion('Lučić')).toBe('Lučić')
  })

  test('values can be changed everywhere without touching the structure', () => {
    const parts = parseFilter('(&(uid={x})(!(mail={x}@*)))')
    expect(formatFilter(mapAssertions(parts, (value) => value.replace('{x}', ')(')))).toBe(
      '(&(uid=\\29\\28)(!(mail=\\29\\28@*)))',
    )
  })

  test('goes to the wire as parts: text outside ASCII keeps its bytes', () => {
    const wire = toWireFilter(parseFilter('(&(sn=Lu\\c4\\8d*)(guid=\\ff\\01))'))
    expect(wire.toString()).toBe('(&(sn=Luč*)(guid=\\ff\\01))')
  })
})
