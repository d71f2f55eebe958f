/** A value of the `#hex` form: text, or the BER encoding (hexadecimal, lower case) of what is no text. */
export type HexValue = { readonly value: string } | { readonly value: string; readonly form: 'ber' }

type Decode = (bytes: Buffer) => string | null

const utf8: Decode = (bytes) => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
const ascii: Decode = (bytes) => (bytes.every((byte) => byte < 0x80) ? bytes.toString('latin1') : null)
const wide =
  (width: 2 | 4): Decode =>
  (bytes) => {
    if (bytes.length % width !== 0) return null
    const points = Array.from({ length: bytes.length / width }, (_, index) =>
      bytes.readUIntBE(index * width, width),
    )
    const scalar = points.every((point) => point <= 0x10ffff && (point < 0xd800 || point > 0xdfff))
    return scalar ? String.fromCodePoint(...points) : null
  }

/** The character strings of X.680 that RFC 4518 section 2.1 transcodes, by their tags; a T61String is not among them. */
const strings: Readonly<Record<number, Decode>> = {
  0x04: utf8,
  0x0c: utf8,
  0x12: ascii,
  0x13: ascii,
  0x16: ascii,
  0x1a: ascii,
  0x1c: wide(4),
  0x1e: wide(2),
}

/** Where the content of a definite-length BER value begins, or null where its length is not that of the bytes. */
function contentStart(bytes: Buffer): number | null {
  const [, first] = bytes
  if (first === undefined || (bytes[0] ?? 0) % 32 === 31) return null
  const width = first & 0x7f
  if (first < 0x80) return bytes.length === 2 + first ? 2 : null
  if (width < 1 || width > 4 || bytes.length < 2 + width) return null
  return bytes.readUIntBE(2, width) === bytes.length - 2 - width ? 2 + width : null
}

/** Null where the bytes are no BER value of one piece. */
export function decodeHexValue(hex: string): HexValue | null {
  const bytes = Buffer.from(hex, 'hex')
  const start = contentStart(bytes)
  if (start === null) return null
  const text = strings[bytes[0] ?? 0]?.(bytes.subarray(start)) ?? null
  return text === null ? { value: hex.toLowerCase(), form: 'ber' } : { value: text }
}
