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
