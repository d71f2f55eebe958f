import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFrameReader, readOperationEnd } from '../../../src-main/core/ldap/ber-frames'
import { entry, result } from '../../support/ldap-fake'

const done = result({ id: 7, tag: 0x65 }, 4, { message: 'limit' })

describe('cutting messages', () => {
  test('wherever the network cuts, the messages come out whole', () => {
    const frames = [entry(7, 'cn=a', { cn: ['x'.repeat(300)] }), done, result({ id: 8, tag: 0x61 }, 0)]
    const stream = Buffer.concat(frames)
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 10 }), (cuts) => {
        const reader = createFrameReader()
        const at = [0, ...cuts.sort((one, other) => one - other), stream.length]
        const found = at.slice(1).flatMap((end, index) => reader.push(stream.subarray(at[index], end)))
        expect(found).toEqual(frames)
        expect(reader.rest()).toBe(0)
      }),
    )
  })

  test.each([
    ['HTTP/1.1 400', 'LDAP_NOT_LDAP'],
    ['SSH-2.0-OpenSSH', 'LDAP_NOT_LDAP'],
    ['\u0015\u0003\u0001\u0000\u0002', 'LDAP_PLAIN_ON_TLS_PORT'],
    ['\u0016\u0003\u0003', 'LDAP_PLAIN_ON_TLS_PORT'],
    ['0\u0080', 'LDAP_NOT_LDAP'],
  ])('%j is %s', (text, code) => {
    expect(() => createFrameReader().push(Buffer.from(text, 'latin1'))).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

describe('the end of an operation', () => {
  test('carries result, words and referrals', () => {
    expect(readOperationEnd(done)).toMatchObject({
      messageId: 7,
      operation: 'search',
      resultCode: 4,
      diagnostic: 'limit',
      cookie: null,
    })
    const referrals = ['ldap://one', 'ldap://two']
    expect(readOperationEnd(result({ id: 1, tag: 0x65 }, 10, { referrals }))?.referrals).toEqual(referrals)
    expect(readOperationEnd(result({ id: 0, tag: 0x78 }, 52))).toMatchObject({
      messageId: 0,
      operation: 'extended',
    })
  })

  test('other messages end nothing', () => {
    expect(readOperationEnd(entry(7, 'cn=a', {}))).toBeNull()
  })

  test('one that is not whole is refused, wherever it is cut and whichever operation it ends', () => {
    for (const tag of [0x61, 0x65, 0x78]) {
      const whole = result({ id: 7, tag }, 0, { message: 'words' })
      expect(readOperationEnd(whole)).toMatchObject({ resultCode: 0, diagnostic: 'words' })
      for (let size = 6; size < whole.length; size += 1) {
        const cut = Buffer.from(whole.subarray(0, size))
        cut[1] = size - 2
        expect(() => readOperationEnd(cut), `${tag} ${size}`).toThrow(
          expect.objectContaining({ code: 'LDAP_PROTOCOL' }),
        )
      }
    }
  })

  test('says whether more pages follow', () => {
    const paged = (cookie: string) => {
      const value = Buffer.concat([
        Buffer.from([0x30, 5 + cookie.length, 2, 1, 0, 4, cookie.length]),
        Buffer.from(cookie),
      ])
      const oid = Buffer.from('1.2.840.113556.1.4.319')
      const control = Buffer.concat([
        Buffer.from([4, oid.length]),
        oid,
        Buffer.from([1, 1, 0, 4, value.length]),
        value,
      ])
      const controls = Buffer.concat([Buffer.from([0xa0, control.length + 2, 0x30, control.length]), control])
      const plain = result({ id: 7, tag: 0x65 }, 0)
      const body = Buffer.concat([plain.subarray(2), controls])
      return Buffer.concat([Buffer.from([0x30, body.length]), body])
    }
    expect(readOperationEnd(paged('next'))?.cookie?.toString()).toBe('next')
    expect(readOperationEnd(paged(''))?.cookie?.length).toBe(0)
  })

  test('damaged messages are a fault of the protocol', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const frame = Buffer.from([0x30, bytes.length, ...bytes])
        try {
          readOperationEnd(frame)
        } catch (error) {
          expect(error).toMatchObject({ code: 'LDAP_PROTOCOL' })
        }
      }),
    )
  })
})
