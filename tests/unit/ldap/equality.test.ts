import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDn, isDn, parseDn, sameDn, type Dn } from '../../../src-main/core/ldap/dn'
import { equal, formatFilter } from '../../../src-main/core/ldap/filter'
import { parseFilter } from '../../../src-main/core/ldap/filter-parser'
import { formatGuid, parseGuid, sameGuid } from '../../../src-main/core/ldap/guid'
import { formatSid, parseSid, sameSid } from '../../../src-main/core/ldap/sid'
import { foldName } from '../../../src-main/core/users/folded-name'

interface Vector {
  readonly kind: string
  readonly relation: string
  readonly one: string
  readonly other: string
}

function written(cell: string): string {
  return cell
    .replace(/\{U\+([0-9A-F]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll('{}', '')
}
const vectors: readonly Vector[] = readFileSync(new URL('equality-vectors.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [kind = '', relation = '', one = '', other = ''] = line.split(' | ')
    return { kind, relation, one: written(one), other: written(other) }
  })

const kinds: Readonly<
  Record<string, { readonly same: typeof sameDn; readonly is: (text: string) => boolean }>
> = {
  dn: { same: sameDn, is: isDn },
  guid: { same: sameGuid, is: (text) => parseGuid(text) !== null },
  sid: { same: sameSid, is: (text) => parseSid(text) !== null },
  name: { same: (one, other) => foldName(one) === foldName(other), is: () => true },
}

describe('by hand', () => {
  test('there are 300 and more', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(300)
  })

  test.each(vectors)('$kind: $one $relation $other', ({ kind, relation, one, other }) => {
    const rule = kinds[kind]
    if (relation === 'fault') {
      expect(rule?.is(one)).toBe(false)
      return
    }
    expect(rule?.is(one)).toBe(true)
    expect(rule?.is(other)).toBe(true)
    expect(rule?.same(one, other)).toBe(relation === 'same')
    expect(rule?.same(other, one)).toBe(relation === 'same')
  })
})

const value = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.stringMatching(/^[ #"+,;<>=\\aA]{0,6}$/),
  fc.constantFrom('Straße', 'STRASSE', 'ada', ' ADA ', 'a  b', 'A B', '', 'ö', 'o\u0308'),
)
const type = fc.constantFrom('cn', 'CN', '2.5.4.3', 'commonName', 'ou', 'dc', 'x-own', '1.2.3.4')
const ava = fc.oneof(
  fc.record({ type, value }),
  fc
    .constantFrom('3003020101', '020107', '0402fffe')
    .map((hex) => ({ type: 'cn', value: hex, form: 'ber' as const })),
)
const dn: fc.Arbitrary<Dn> = fc.array(fc.array(ava, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 3,
})

/** The same name in another dress: case, spaces, order and escapes are drawn anew. */
function disguised(parts: Dn, upper: boolean): string {
  const text = (part: string) =>
    Array.from(Buffer.from(part, 'utf8'), (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
  return parts
    .map((rdn) =>
      [...rdn]
        .reverse()
        .map((each) => {
          const name = upper ? each.type.toUpperCase() : each.type.toLowerCase()
          return `${name} = ${'form' in each ? `#${each.value}` : text(each.value)}`
        })
        .join(' + '),
    )
    .join(' , ')
}

describe('of names in the tree', () => {
  test('what is written is read back the same', () => {
    fc.assert(
      fc.property(dn, (parts) => {
        expect(parseDn(formatDn(parts))).toEqual(parts)
      }),
    )
  })

  test('is an equivalence: to itself, both ways, and handed on', () => {
    const text = dn.map(formatDn)
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(sameDn(a, a)).toBe(true)
        expect(sameDn(a, b)).toBe(sameDn(b, a))
        if (sameDn(a, b) && sameDn(b, c)) expect(sameDn(a, c)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('survives any dress, and any other value ends it', () => {
    fc.assert(
      fc.property(dn, fc.boolean(), (parts, upper) => {
        const [first, ...rest] = parts
        const text = formatDn(parts)
        expect(sameDn(text, disguised(parts, upper))).toBe(true)
        expect(sameDn(text, formatDn([[...(first ?? []), { type: 'sn', value: 'more' }], ...rest]))).toBe(
          false,
        )
        expect(sameDn(text, formatDn([...parts, [{ type: 'dc', value: 'more' }]]))).toBe(false)
      }),
    )
  })

  test('a filter made of any name is one equality of that name', () => {
    fc.assert(
      fc.property(dn.map(formatDn), (text) => {
        const read = parseFilter(formatFilter(equal('member', text)))
        expect(read).toEqual(equal('member', text))
      }),
    )
  })
})

describe('of identifiers', () => {
  const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes))

  test('a GUID is itself in each of its spellings', () => {
    fc.assert(
      fc.property(sixteen, sixteen, (bytes, others) => {
        const text = formatGuid(bytes)
        expect(parseGuid(text)).toEqual(bytes)
        expect(sameGuid(bytes, `<GUID=${bytes.toString('hex')}>`)).toBe(true)
        expect(sameGuid(Buffer.from(`{${text.toUpperCase()}}`), bytes)).toBe(true)
        expect(sameGuid(bytes, others)).toBe(bytes.equals(others))
      }),
    )
  })

  test('a SID is itself as text and as bytes', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 15 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), parts, (authority, rest) => {
        const text = ['S', 1, authority, ...rest].join('-')
        const bytes = parseSid(text)
        expect(bytes && formatSid(bytes)).toBe(text)
        expect(sameSid(bytes ?? '', text.toLowerCase())).toBe(true)
      }),
    )
  })
})
