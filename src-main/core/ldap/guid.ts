/** Active Directory stores the first three groups of an objectGUID in little-endian order (MS-DTYP section 2.3.4). */
const stored = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

/** The 16 bytes of an objectGUID as Microsoft writes them: `00112233-4455-6677-8899-aabbccddeeff`. */
export function formatGuid(bytes: Buffer): string {
  return dashed(Buffer.from(stored.map((position) => bytes[position] ?? 0)))
}

function dashed(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * Reads a GUID in any of its spellings and gives the bytes that Active Directory stores; null where it is none. With
 * dashes (in braces, behind `urn:uuid:`, in `<GUID=…>`) the first three groups are numbers; without them, as 32 digits
 * or as the escapes `\33\22…` of a filter, the bytes are those stored (MS-ADTS section 3.1.1.3.1.2.4).
 */
export function parseGuid(text: string): Buffer | null {
  const inner = unwrapped(text.trim())
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(inner)) {
    const bytes = Buffer.from(inner.replaceAll('-', ''), 'hex')
    return Buffer.from(stored.map((position) => bytes[position] ?? 0))
  }
  const digits = /^(?:\\[0-9a-f]{2}){16}$/i.test(inner) ? inner.replaceAll('\\', '') : inner
  return /^[0-9a-f]{32}$/i.test(digits) ? Buffer.from(digits, 'hex') : null
}

function unwrapped(text: string): string {
  const found = /^(?:<GUID=(.*)>|\{(.*)\}|urn:uuid:(.*))$/i.exec(text)
  return found ? (found[1] ?? found[2] ?? found[3] ?? '') : text
}

/** Whether two GUIDs are one, each as 16 stored bytes or as text in any spelling; what is no GUID equals nothing. */
export function sameGuid(one: Buffer | string, other: Buffer | string): boolean {
  const [first, second] = [bytesOf(one), bytesOf(other)]
  return first !== null && second !== null && first.equals(second)
}

function bytesOf(guid: Buffer | string): Buffer | null {
  if (typeof guid === 'string') return parseGuid(guid)
  return guid.length === 16 ? guid : parseGuid(guid.toString('latin1'))
}
