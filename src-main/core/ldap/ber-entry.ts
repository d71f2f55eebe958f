import { AppError } from '../../contract/errors'
import type { Entry } from './entry'

const tags = { message: 0x30, integer: 0x02, entry: 0x64, sequence: 0x30, set: 0x31, octets: 0x04 } as const

export interface FoundEntry {
  readonly messageId: number
  readonly entry: Entry
}

/** Whether the message is one entry of a search's answer (RFC 4511 section 4.5.2). */
export function isSearchEntry(frame: Buffer): boolean {
  const length = frame[1] ?? 0
  const id = length < 0x80 ? 2 : 2 + (length & 0x7f)
  return frame[id] === tags.integer && frame[id + 2 + (frame[id + 1] ?? 0)] === tags.entry
}

/** Where in a message one is; every value must lie inside what it belongs to. */
class Cursor {
  at = 0

  constructor(
    readonly bytes: Buffer,
    private limit: number,
  ) {}

  /** Enters the value that must have the tag and returns where it ends. */
  enter(tag: number): number {
    if (this.bytes[this.at] !== tag) throw new AppError('LDAP_PROTOCOL', { details: { at: this.at } })
    let length = this.bytes[this.at + 1] ?? 0x80
    this.at += 2
    if (length >= 0x80) {
      const count = length & 0x7f
      if (count === 0 || count > 4 || this.at + count > this.limit)
        throw new AppError('LDAP_PROTOCOL', { details: { at: this.at } })
      length = this.bytes.readUIntBE(this.at, count)
      this.at += count
    }
    const end = this.at + length
    if (end > this.limit) throw new AppError('LDAP_PROTOCOL', { details: { at: this.at } })
    return end
  }

  /** Nothing that follows may reach beyond the value's end. */
  within(end: number): number {
    const outer = this.limit
    this.limit = end
    return outer
  }

  leave(outer: number): void {
    this.at = this.limit
    this.limit = outer
  }

  text(): string {
    const end = this.enter(tags.octets)
    const text = this.bytes.toString('utf8', this.at, end)
    this.at = end
    return text
  }
}

/**
 * Reads entries without a step between bytes and values: a directory sends them by the hundred thousand. The values are
 * views of the message. Attribute descriptions are folded once for all entries that one reader has read.
 */
export function createEntryReader(): (frame: Buffer) => FoundEntry {
  const folded = new Map<string, string>()
  const nameOf = (description: string): string => {
    const known = folded.get(description)
    if (known !== undefined) return known
    const name = description.toLowerCase()
    folded.set(description, name)
    return name
  }
  return (frame) => {
    const cursor = new Cursor(frame, frame.length)
    cursor.within(cursor.enter(tags.message))
    const messageId = readId(cursor)
    cursor.within(cursor.enter(tags.entry))
    const dn = cursor.text()
    return { messageId, entry: { dn, ...readAttributes(cursor, nameOf) } }
  }
}

function readId(cursor: Cursor): number {
  const end = cursor.enter(tags.integer)
  const size = end - cursor.at
  if (size < 1 || size > 4) throw new AppError('LDAP_PROTOCOL', { details: { at: cursor.at } })
  const id = cursor.bytes.readIntBE(cursor.at, size)
  cursor.at = end
  return id
}

function readAttributes(cursor: Cursor, nameOf: (description: string) => string): Omit<Entry, 'dn'> {
  const attributes = new Map<string, readonly Buffer[]>()
  const end = cursor.enter(tags.sequence)
  const whole = cursor.within(end)
  let tagged = false
  while (cursor.at < end) {
    const outer = cursor.within(cursor.enter(tags.sequence))
    const name = nameOf(cursor.text())
    const values = readValues(cursor)
    tagged ||= name.includes(';')
    if (values.length > 0) attributes.set(name, joined(attributes.get(name), values))
    cursor.leave(outer)
  }
  cursor.leave(whole)
  return tagged ? { attributes } : { attributes, options: 'none' }
}

function joined(before: readonly Buffer[] | undefined, values: readonly Buffer[]): readonly Buffer[] {
  return before ? [...before, ...values] : values
}

function readValues(cursor: Cursor): readonly Buffer[] {
  const values: Buffer[] = []
  const end = cursor.enter(tags.set)
  const outer = cursor.within(end)
  while (cursor.at < end) {
    const valueEnd = cursor.enter(tags.octets)
    values.push(cursor.bytes.subarray(cursor.at, valueEnd))
    cursor.at = valueEnd
  }
  cursor.leave(outer)
  return values
}
