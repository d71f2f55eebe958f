import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatDn,
  isDn,
  isWithin,
  normaliseDn,
  parseDn,
  sameDn,
  type Dn,
} from '../../../src-main/core/ldap/dn'

const type = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
const value = fc.string({ unit: 'grapheme', maxLength: 12 })
const special = fc.stringMatching(/^[ #"+,;<>=\\a]{0,8}$/)
const ava = fc.record({ type, value: fc.oneof(value, special) })
const dn: fc.Arbitrary<Dn> = fc.array(fc.array(ava, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 5,
})

describe('reading', () => {
  test('what is written is read back the same', () => {
    fc.assert(
      fc.property(dn, (parts) => {
        expect(parseDn(formatDn(parts))).toEqual(parts)
      }),
    )
  })

  test.each([
    ['', []],
    ['dc=test', [[{ type: 'dc', value: 'test' }]]],
    ['UID=jsmith,DC=example', [[{ type: 'UID', value: 'jsmith' }], [{ type: 'DC', value: 'example' }]]],
    [
      'OU=Sales+CN=J.  Smith',
      [
        [
          { type: 'OU', value: 'Sales' },
          { type: 'CN', value: 'J.  Smith' },
        ],
      ],
    ],
    ['CN=James \\"Jim\\" Smith\\, III', [[{ type: 'CN', value: 'James "Jim" Smith, III' }]]],
    ['CN=Before\\0dAfter', [[{ type: 'CN', value: 'Before\rAfter' }]]],
    ['1.3.6.1.4.1.1466.0=#04024869', [[{ type: '1.3.6.1.4.1.1466.0', value: 'Hi' }]]],
    ['CN=Lu\\C4\\8Di\\C4\\87', [[{ type: 'CN', value: 'Lučić' }]]],
    [' cn = a , dc = b ', [[{ type: 'cn', value: 'a' }], [{ type: 'dc', value: 'b' }]]],
    ['cn=a\\ ', [[{ type: 'cn', value: 'a ' }]]],
    ['cn=', [[{ type: 'cn', value: '' }]]],
    ['cn=a=b', [[{ type: 'cn', value: 'a=b' }]]],
  ])('%j (RFC 4514 section 4 and around it)', (text, parts) => {
    expect(parseDn(text)).toEqual(parts)
  })

  test.each([
    ['example', 7],
    ['dc=a,', 5],
    ['dc=a,,dc=b', 5],
    ['=x', 0],
    ['cn=a;b', 4],
    ['cn="a"', 3],
    ['cn=a\\', 4],
    ['cn=a\\zz', 4],
    ['cn=#zz', 3],
    ['cn=#0402486', 10],
    ['cn=#3001', 3],
    ['cn=#04', 3],
    ['cn=\\ff\\fe', 3],
    ['1a=x', 1],
  ])('%j is refused at position %i', (text, position) => {
    expect(isDn(text)).toBe(false)
    expect(() => parseDn(text)).toThrow(
      expect.objectContaining({
        code: 'LDAP_DN_SYNTAX',
        details: expect.objectContaining({ position }) as unknown,
      }),
    )
  })

  test('no text makes the reader do anything but read or refuse', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a=,+\\#0-9 ]*$/)), (text) => {
        if (isDn(text)) expect(isDn(formatDn(parseDn(text)))).toBe(true)
      }),
    )
  })
})

describe('comparing', () => {
  test.each([
    ['CN=Ada,OU=People', 'cn=ada,ou=people'],
    ['cn=Ada ,  ou=People', 'cn=ada,ou=people'],
    ['cn=ada   lovelace', 'cn=Ada Lovelace'],
    ['2.5.4.3=ada,0.9.2342.19200300.100.1.25=test', 'cn=ada,dc=test'],
    ['OID.2.5.4.3=ada', 'commonName=ada'],
    ['cn=a+uid=b,dc=c', 'uid=b+cn=a,dc=c'],
    ['cn=a\\,b', 'cn=a\\2Cb'],
    ['cn=\\61da', 'cn=ada'],
    ['cn=#0403616461', 'cn=ada'],
    ['cn=ａｄａ', 'cn=ada'],
  ])('%j and %j are the same', (one, other) => {
    expect(sameDn(one, other)).toBe(true)
  })

  test.each([
    ['cn=a,dc=b', 'cn=a\\,dc\\=b'],
    ['cn=a', 'uid=a'],
    ['cn=a,dc=b', 'dc=b,cn=a'],
    ['cn=a b', 'cn=ab'],
  ])('%j and %j differ', (one, other) => {
    expect(sameDn(one, other)).toBe(false)
  })

  test('the normal form is one: normalising again changes nothing, and neither does writing', () => {
    fc.assert(
      fc.property(dn, (parts) => {
        const text = formatDn(parts)
        expect(normaliseDn(normaliseDn(text))).toBe(normaliseDn(text))
        expect(normaliseDn(formatDn(parseDn(text)))).toBe(normaliseDn(text))
      }),
    )
  })

  test('the order of a compound part does not matter', () => {
    fc.assert(
      fc.property(fc.array(ava, { minLength: 2, maxLength: 3 }), (parts) => {
        expect(sameDn(formatDn([parts]), formatDn([[...parts].reverse()]))).toBe(true)
      }),
    )
  })

  test('an entry lies within each of its ancestors, and a separator inside a value makes none', () => {
    fc.assert(
      fc.property(dn, fc.nat(4), (parts, up) => {
        expect(isWithin(formatDn(parts), formatDn(parts.slice(Math.min(up, parts.length))))).toBe(true)
      }),
    )
    expect(isWithin('cn=a\\,dc=test', 'dc=test')).toBe(false)
    expect(isWithin('dc=test', 'cn=a,dc=test')).toBe(false)
    expect(isWithin('cn=a,dc=contest', 'dc=test')).toBe(false)
    expect(isWithin('CN=A, DC=Test', 'dc=test')).toBe(true)
  })
})

test('a plain name that is not parsed is spelled as a parsed one is', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9._@-]{1,6}( [A-Za-z0-9._@-]{1,6}){0,2}$/)
  const part = fc.tuple(fc.constantFrom('uid', 'CN', 'ou', 'Dc', 'o'), word).map((pair) => pair.join('='))
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      expect(normaliseDn(parts.join(','))).toBe(normaliseDn(parts.join(' , ')))
      expect(normaliseDn(`${parts.join(',')},`)).toBe(`${parts.join(',')},`.toLowerCase())
    }),
  )
})
