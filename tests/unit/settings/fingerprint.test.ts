import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { parseFingerprint } from '../../../src-main/core/settings/fingerprint'

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
const hex = (value: Uint8Array, between: string) =>
  [...value].map((byte) => byte.toString(16).padStart(2, '0')).join(between)

describe('a SHA-256 fingerprint', () => {
  it('is read in every way in which tools write it', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(':', '', ' ', '-'), fc.boolean(), (value, between, upper) => {
        const digits = hex(value, between)
        const text = upper ? digits.toUpperCase() : digits
        for (const head of ['', 'sha256 Fingerprint=', 'SHA-256: ', 'SHA256:', '  '])
          expect(parseFingerprint(`${head}${text}\n`)).toBe(hex(value, ':').toUpperCase())
      }),
    )
  })

  it('is nothing shorter, longer or of another digest', () => {
    const whole = hex(new Uint8Array(32).fill(171), ':')
    for (const text of ['', whole.slice(0, -3), `${whole}:ab`, `${whole} and more`, whole.replace('a', 'g')])
      expect(parseFingerprint(text), text).toBeNull()
  })
})
