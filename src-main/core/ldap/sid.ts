/** A security identifier (MS-DTYP section 2.4.2.2) as `S-1-5-21-…`; null where the bytes are none. */
export function formatSid(bytes: Buffer): string | null {
  const count = bytes[1] ?? 0
  if (bytes.length < 8 || bytes[0] !== 1 || count > 15 || bytes.length !== 8 + 4 * count) return null
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + 4 * index))
  return ['S', bytes[0], bytes.readUIntBE(2, 6), ...parts].join('-')
}

/** The identifier of another object of the same domain: its last part, the relative identifier, is replaced. */
export function sibling(sid: Buffer, relativeId: number): Buffer | null {
  if (formatSid(sid) === null || (sid[1] ?? 0) === 0) return null
  const changed = Buffer.from(sid)
  changed.writeUInt32LE(relativeId, sid.length - 4)
  return changed
}

/**
 * Reads `S-1-5-21-…` (any case, the authority also as `0x…`, in `<SID=…>` too, there also as hexadecimal digits) and
 * gives its bytes; null where it is none.
 */
export function parseSid(text: string): Buffer | null {
  const inner = /^<SID=(.*)>$/i.exec(text.trim())?.[1] ?? text.trim()
  if (/^(?:[0-9a-f]{2})+$/i.test(inner)) {
    const bytes = Buffer.from(inner, 'hex')
    return formatSid(bytes) === null ? null : bytes
  }
  const found = /^S-1-(\d{1,15}|0x[0-9a-f]{1,12})((?:-\d{1,10}){0,15})$/i.exec(inner)
  if (!found) return null
  const [authority, parts] = [Number(found[1]), (found[2] ?? '').split('-').slice(1).map(Number)]
  if (authority >= 2 ** 48 || parts.some((part) => part >= 2 ** 32)) return null
  const bytes = Buffer.alloc(8 + 4 * parts.length)
  bytes.writeUInt8(1, 0)
  bytes.writeUInt8(parts.length, 1)
  bytes.writeUIntBE(authority, 2, 6)
  parts.forEach((part, index) => bytes.writeUInt32LE(part, 8 + 4 * index))
  return bytes
}

/** Whether two identifiers are one, each as bytes or as text; what is no identifier equals nothing. */
export function sameSid(one: Buffer | string, other: Buffer | string): boolean {
  const [first, second] = [bytesOf(one), bytesOf(other)]
  return first !== null && second !== null && first.equals(second)
}

function bytesOf(sid: Buffer | string): Buffer | null {
  if (typeof sid === 'string') return parseSid(sid)
  return formatSid(sid) === null ? parseSid(sid.toString('latin1')) : sid
}
