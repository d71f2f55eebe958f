import { createReadStream } from 'node:fs'
import { AppError } from '../../contract/errors'
import type { MessageKey } from '../../contract/texts/en/messages'
import { createNames, type NameOf } from './ldif-attribute'

export interface Pair {
  readonly line: number
  /** In lower case. */
  readonly name: string
  readonly value: Buffer
}

/** The lines of one record, and the bytes of the file that hold them. */
export interface RecordLines {
  readonly at: number
  readonly end: number
  /** The line on which they begin. */
  readonly line: number
  readonly pairs: readonly Pair[]
}

/** Which attributes are wanted; what tells records and changes apart always is. */
export type Keep = (name: string) => boolean

export function fault(line: number, text: MessageKey): never {
  throw new AppError('INVALID_INPUT', { text, details: { line } })
}

/** Bytes, or text of which bytes are made. */
export type Chunks = AsyncIterable<string | Buffer> | Iterable<string | Buffer>

/**
 * Opens a file of entries as UTF-8, whatever it is written in: UTF-16 as ldifde writes it with `-u` becomes it. What
 * can't be opened is `NOT_FOUND` or `INVALID_INPUT`.
 */
export async function* readTextFile(path: string): AsyncGenerator<string | Buffer> {
  let decoder: TextDecoder | null = null
  let first = true
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 19 })) {
      const bytes = chunk as Buffer
      if (first && isUtf16(bytes)) decoder = new TextDecoder('utf-16le')
      first = false
      yield decoder ? decoder.decode(bytes, { stream: true }) : bytes
    }
    if (decoder) yield decoder.decode()
  } catch (cause) {
    throw cause instanceof AppError ? cause : unreadable(cause)
  }
}

export function isUtf16(bytes: Buffer): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe
}

export function unreadable(cause: unknown): AppError {
  const reason = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? 'unknown') : 'unknown'
  return new AppError(reason === 'ENOENT' ? 'NOT_FOUND' : 'INVALID_INPUT', {
    text: reason === 'ENOENT' ? 'fileMissing' : 'fileUnreadable',
    details: { reason },
    cause,
  })
}

/** Every byte is one character here, so that places in the text are places in the file. */
const latin1 = (chunk: string | Buffer): string =>
  (typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk).toString('latin1')

/**
 * The records of a file as RFC 2849 writes them, many at a time: folded lines joined, comments left out, base64 decoded.
 * Lines end with LF, CRLF or, as old programs wrote them, CR.
 */
export async function* readRecords(chunks: Chunks, keep: Keep): AsyncGenerator<readonly RecordLines[]> {
  const names = createNames(keep)
  let [parts, at, line]: [string[], number, number] = [[], 0, 1]
  const taken = (text: string): readonly RecordLines[] => {
    const parsed = parseLines(text, { at, line, names })
    at += text.length
    line = parsed.line
    parts = []
    return parsed.records
  }
  for await (const text of withLineFeeds(chunks)) {
    const end = Math.max(text.lastIndexOf('\n\n') + 2, text.lastIndexOf('\n\r\n') + 3)
    if (end < 4) {
      parts.push(text)
      continue
    }
    yield taken(parts.join('') + text.slice(0, end))
    if (end < text.length) parts.push(text.slice(end))
  }
  yield taken(parts.join(''))
}

/** The first end of a line tells how all of them end. */
async function* withLineFeeds(chunks: Chunks): AsyncGenerator<string> {
  let waiting = ''
  let ends: 'unknown' | 'feed' | 'return' = 'unknown'
  for await (const chunk of chunks) {
    waiting += latin1(chunk)
    if (ends === 'unknown') {
      const found = /\r[^\n]|\n/.exec(waiting)?.[0]
      if (found !== undefined) ends = found.startsWith('\r') ? 'return' : 'feed'
    }
    if (ends === 'unknown') continue
    yield ends === 'return' ? waiting.replaceAll('\r', '\n') : waiting
    waiting = ''
  }
  yield waiting
}

interface Start {
  readonly at: number
  readonly line: number
  readonly names: NameOf
}

/** The records of a text that ends where one of them does. */
export function parseLines(text: string, { at, line: first, names }: Start) {
  const records: RecordLines[] = []
  let [pairs, begin, beginLine, line]: [Pair[], number, number, number] = [[], 0, first, first]
  const flush = (end: number) => {
    if (pairs.length > 0) records.push({ at: at + begin, end: at + end, line: beginLine, pairs })
    pairs = []
  }
  let next = at === 0 && text.startsWith(mark) ? mark.length : 0
  while (next < text.length) {
    const found = nextLine(text, next)
    next = found.next
    if (found.content === '') {
      flush(next)
      ;[begin, beginLine] = [next, line + found.lines]
    } else if (!found.content.startsWith('#')) {
      const pair = parsePair(found.content, line, names)
      if (pair) pairs.push(pair)
      // What is not wanted cannot be the name of an entry, with which every record begins.
      else if (pairs.every(({ name }) => name === 'version')) fault(line, 'ldifNoDn')
    }
    line += found.lines
  }
  flush(text.length)
  return { records, line }
}

/** The byte order mark, each byte as a character. */
const mark = '\u00ef\u00bb\u00bf'

const [lineFeed, carriageReturn, space] = [0x0a, 0x0d, 0x20]

interface Line {
  readonly content: string
  /** Where the next one begins. */
  readonly next: number
  /** As how many it was written. */
  readonly lines: number
}

/** A line with those that continue it. */
function nextLine(text: string, at: number): Line {
  const next = lineAfter(text, at)
  const content = text.slice(at, endBefore(text, at, next))
  const isContinued = content !== '' && text.charCodeAt(next) === space
  return isContinued ? joined(text, next, content) : { content, next, lines: 1 }
}

function joined(text: string, from: number, first: string): Line {
  const parts = [first]
  let at = from
  while (text.charCodeAt(at) === space) {
    const next = lineAfter(text, at)
    parts.push(text.slice(at + 1, endBefore(text, at, next)))
    at = next
  }
  return { content: parts.join(''), next: at, lines: parts.length }
}

function lineAfter(text: string, at: number): number {
  const feed = text.indexOf('\n', at)
  return feed < 0 ? text.length : feed + 1
}

/** Where a line ends, its end of line left out. */
function endBefore(text: string, at: number, next: number): number {
  let end = next
  if (end > at && text.charCodeAt(end - 1) === lineFeed) end -= 1
  return end > at && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end
}

const nothing = Buffer.alloc(0)

/** Null for what is not wanted. */
function parsePair(text: string, line: number, names: NameOf): Pair | null {
  if (text.startsWith(' ')) return fault(line, 'ldifContinuation')
  if (text === '-') return { line, name: '-', value: nothing }
  const colon = text.indexOf(':')
  if (colon < 1) return fault(line, 'ldifNoColon')
  const name = names(text.slice(0, colon), line)
  const form = text.charAt(colon + 1)
  if (form === '<') return fault(line, 'ldifAddress')
  let from = colon + (form === ':' ? 2 : 1)
  while (text.charCodeAt(from) === space) from += 1
  if (form === ':') return decoded({ name, line }, text.slice(from).trim())
  return name === null ? null : { line, name, value: Buffer.from(text.slice(from), 'latin1') }
}

function decoded({ name, line }: { name: string | null; line: number }, text: string): Pair | null {
  const body = text.endsWith('==') ? text.slice(0, -2) : text.endsWith('=') ? text.slice(0, -1) : text
  // A search for what must not be there goes through any length; a pattern of groups would not.
  const valid = text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(body)
  if (!valid) fault(line, 'ldifBase64')
  return name === null ? null : { line, name, value: Buffer.from(text, 'base64') }
}
