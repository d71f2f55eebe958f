import fc from 'fast-check'
import { Ber, BerWriter } from 'ldapts'
import { describe, expect, test } from 'vitest'
import { createEntryReader, isSearchEntry } from '../../../src-main/core/ldap/ber-entry'

type Attributes = readonly (readonly [string, readonly Buffer[]])[]

function message(id: number, dn: string, attributes: Attributes): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(id)
  writer.startSequence(0x64)
  writer.writeString(dn)
  writer.startSequence()
  for (const [name, values] of attributes) {
    writer.startSequence()
    writer.writeString(name)
    writer.startSequence(0x31)
    for (const value of values) writer.writeBuffer(value, Ber.OctetString)
    writer.endSequence()
    writer.endSequence()
  }
  writer.endSequence()
  writer.endSequence()
  writer.endSequence()
  return writer.buffer
}

const values = fc.array(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)))
const names = fc.constantFrom('uid', 'MAIL', 'cn;lang-de', 'memberOf', 'jpegPhoto')
const attributes = fc.uniqueArray(fc.tuple(names, values), { selector: ([name]) => name })

describe('createEntryReader', () => {
  test('gives back every byte that was sent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.string({ unit: 'grapheme' }),
        attributes,
        (id, dn, sent) => {
          const frame = message(id, dn, sent)
          expect(isSearchEntry(frame)).toBe(true)
          const { messageId, entry } = createEntryReader()(frame)
          expect(messageId).toBe(id)
          expect(entry.dn).toBe(dn)
          const filled = sent.filter(([, bytes]) => bytes.length > 0)
          expect([...entry.attributes]).toEqual(filled.map(([name, bytes]) => [name.toLowerCase(), bytes]))
          expect(entry.options === 'none').toBe(!sent.some(([name]) => name.includes(';')))
        },
      ),
    )
  })

  test('keeps all values of an attribute that comes twice, in whatever spelling', () => {
    const [ada, byron] = [Buffer.from('Ada'), Buffer.from('Byron')]
    const frame = message(7, 'uid=ada', [
      ['cn', [ada]],
      ['CN', [byron]],
    ])
    expect([...createEntryReader()(frame).entry.attributes]).toEqual([['cn', [ada, byron]]])
  })

  test('refuses what is cut or longer than what it lies in, and never reads beyond', () => {
    const frame = message(7, 'uid=ada,dc=test', [['mail', [Buffer.from('ada@example.test')]]])
    for (let size = 0; size < frame.length; size += 1) {
      expect(() => createEntryReader()(frame.subarray(0, size))).toThrow(
        expect.objectContaining({ code: 'LDAP_PROTOCOL' }),
      )
    }
    for (let at = 0; at < frame.length; at += 1) {
      const broken = Buffer.from(frame)
      broken[at] = 0xff
      try {
        createEntryReader()(broken)
      } catch (error) {
        expect(error).toMatchObject({ code: 'LDAP_PROTOCOL' })
      }
    }
  })
})

describe('isSearchEntry', () => {
  test('is false for the end of a search and for bytes that are no message', () => {
    expect(
      isSearchEntry(Buffer.from([0x30, 0x0c, 0x02, 0x01, 0x02, 0x65, 0x07, 0x0a, 0x01, 0, 4, 0, 4, 0])),
    ).toBe(false)
    for (const size of [0, 1, 2, 3]) expect(isSearchEntry(Buffer.alloc(size, 0x30))).toBe(false)
  })
})
