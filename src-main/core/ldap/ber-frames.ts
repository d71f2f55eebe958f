import { BerReader } from 'ldapts'
import { AppError } from '../../contract/errors'

/** The end of an operation as the directory sent it (RFC 4511 section 4.1.9), beyond what ldapts hands on. */
export interface OperationEnd {
  readonly messageId: number
  readonly operation: 'bind' | 'search' | 'extended'
  readonly resultCode: number
  readonly diagnostic: string
  readonly referrals: readonly string[]
  /** Where the next page begins (RFC 2696); empty where no page follows, null where nothing is said of pages. */
  readonly cookie: Buffer | null
}

const sequence = 0x30
/** The messages that end an operation (RFC 4511 section 4.2.2, 4.5.2, 4.12). */
const ends: Readonly<Record<number, OperationEnd['operation']>> = {
  0x61: 'bind',
  0x65: 'search',
  0x78: 'extended',
}
const referralTag = 0xa3
const controlsTag = 0xa0
const pagedResults = '1.2.840.113556.1.4.319'

export interface FrameReader {
  /** The whole messages that the bytes complete; bytes that no LDAP server sends are `LDAP_NOT_LDAP`. */
  readonly push: (chunk: Buffer) => readonly Buffer[]
  /** Bytes that are left over after the last whole message. */
  readonly rest: () => number
}

/** Cuts a byte stream into LDAP messages. */
export function createFrameReader(): FrameReader {
  let buffer: Buffer = Buffer.alloc(0)
  return {
    rest: () => buffer.length,
    push: (chunk) => {
      buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk])
      const frames: Buffer[] = []
      for (let size = frameSize(buffer); size !== null && size <= buffer.length; size = frameSize(buffer)) {
        frames.push(buffer.subarray(0, size))
        buffer = buffer.subarray(size)
      }
      return frames
    },
  }
}

/** The size of the message at the start, or null where its header is not complete. */
function frameSize(buffer: Buffer): number | null {
  const [tag, length] = buffer
  if (tag === undefined) return null
  if (tag !== sequence) throw notLdap(buffer)
  if (length === undefined) return null
  if (length < 0x80) return 2 + length
  const count = length & 0x7f
  if (count === 0 || count > 4) throw notLdap(buffer)
  return buffer.length < 2 + count ? null : 2 + count + buffer.readUIntBE(2, count)
}

/** A TLS record (alert or handshake) where LDAP was expected tells of a port that speaks TLS. */
function notLdap(buffer: Buffer): AppError {
  const tls = (buffer[0] === 0x15 || buffer[0] === 0x16) && buffer[1] === 0x03
  const firstBytes = buffer.subarray(0, 16).toString('hex')
  return new AppError(tls ? 'LDAP_PLAIN_ON_TLS_PORT' : 'LDAP_NOT_LDAP', { details: { firstBytes } })
}

/**
 * Decodes the end of an operation; null for every other message. One that is not whole is `LDAP_PROTOCOL`: ldapts takes
 * a result code that it cannot read for success.
 */
export function readOperationEnd(frame: Buffer): OperationEnd | null {
  try {
    const reader = new BerReader(frame)
    reader.readSequence(sequence)
    const messageId = whole(reader.readInt())
    const operation = ends[reader.peek() ?? 0]
    if (operation === undefined) return null
    reader.readSequence(reader.peek() ?? 0)
    const end = reader.offset + reader.length
    if (end > frame.length) throw new Error('The message is longer than its frame.')
    const resultCode = whole(reader.readEnumeration())
    whole(reader.readString())
    const diagnostic = whole(reader.readString())
    const referrals = reader.offset < end && reader.peek() === referralTag ? readReferrals(reader) : []
    reader.offset = end
    const cookie = reader.peek() === controlsTag ? readCookie(reader) : null
    return { messageId, operation, resultCode, diagnostic, referrals, cookie }
  } catch (cause) {
    throw new AppError('LDAP_PROTOCOL', { cause })
  }
}

function whole<T>(value: T | null): T {
  if (value === null) throw new Error('A part of the message is missing.')
  return value
}

function readReferrals(reader: BerReader): readonly string[] {
  reader.readSequence(referralTag)
  const end = reader.offset + reader.length
  const referrals: string[] = []
  while (reader.offset < end) referrals.push(reader.readString() ?? '')
  return referrals
}

function readCookie(reader: BerReader): Buffer | null {
  reader.readSequence(controlsTag)
  const end = reader.offset + reader.length
  while (reader.offset < end) {
    reader.readSequence(sequence)
    const next = reader.offset + reader.length
    const type = reader.readString()
    if (reader.offset < next && reader.peek() === 0x01) reader.readBoolean()
    if (type === pagedResults && reader.offset < next) {
      const value = new BerReader(whole(reader.readString(0x04, true)))
      value.readSequence(sequence)
      value.readInt()
      return Buffer.from(whole(value.readString(0x04, true)))
    }
    reader.offset = next
  }
  return null
}
