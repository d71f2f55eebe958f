import { createReadStream } from 'node:fs'
import { AppError } from '../../contract/errors'
import type { MessageKey } from '../../contract/texts/en/messages'
import { isDn } from './dn'
import type { Entry } from './entry'
import { isSecretAttribute } from './secret-attributes'

interface Line {
  readonly number: number
  readonly text: string
}

interface Pair {
  readonly line: number
  readonly name: string
  readonly value: Buffer
}

/** What ldapsearch adds to its entries when it isn't asked to leave it out. */
const trailers: readonly string[] = ['search', 'result', 'ref']

function fault(line: number, text: MessageKey): never {
  throw new AppError('INVALID_INPUT', { text, details: { line } })
}

/** Opens a file of entries as text; what can't be opened is `NOT_FOUND` or `INVALID_INPUT`. */
export async function* readTextFile(path: string): AsyncGenerator<string> {
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8' })) yield String(chunk)
  } catch (cause) {
    const reason = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? 'unknown') : 'unknown'
    throw new AppError(reason === 'ENOENT' ? 'NOT_FOUND' : 'INVALID_INPUT', {
      text: reason === 'ENOENT' ? 'fileMissing' : 'fileUnreadable',
      details: { reason },
      cause,
    })
  }
}

/**
 * Reads entries as RFC 2849 writes them: folded lines, comments, base64, attribute options, CRLF. Values by URL are
 * refused (a file must not make us open others), as are changes other than `add`. Secret attributes are dropped.
 */
export async function* readLdif(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Entry> {
  let record: Pair[] = []
  for await (const line of unfolded(physicalLines(chunks))) {
    if (line.text !== '') {
      record.push(parsePair(line))
      continue
    }
    const entry = toEntry(record)
    record = []
    if (entry) yield entry
  }
  const last = toEntry(record)
  if (last) yield last
}

async function* physicalLines(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Line> {
  let [rest, number] = ['', 0]
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const text of lines) yield { number: ++number, text: clean(text, number) }
  }
  yield { number: number + 1, text: clean(rest, number + 1) }
}

function clean(text: string, number: number): string {
  const line = number === 1 ? text.replace(/^\uFEFF/, '') : text
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

/** Joins folded lines and leaves comments out; folded comments vanish as a whole. */
async function* unfolded(lines: AsyncIterable<Line>): AsyncGenerator<Line> {
  let current: { number: number; parts: string[] } | null = null
  for await (const { number, text } of lines) {
    if (text.startsWith(' ')) {
      if (!current) fault(number, 'ldifContinuation')
      current.parts.push(text.slice(1))
      continue
    }
    if (current) yield* finished(current)
    current = text === '' ? null : { number, parts: [text] }
    if (text === '') yield { number, text: '' }
  }
  if (current) yield* finished(current)
}

function* finished(line: { number: number; parts: readonly string[] }): Generator<Line> {
  const text = line.parts.join('')
  if (!text.startsWith('#')) yield { number: line.number, text }
}

function parsePair({ number, text }: Line): Pair {
  const found = /^([^:\s]+):(:|<)? *(.*)$/su.exec(text)
  if (!found) return fault(number, 'ldifNoColon')
  const [, name = '', form, value = ''] = found
  if (!/^(?:[a-z][\w-]*|\d+(?:\.\d+)*)(?:;[\w-]+)*$/i.test(name)) fault(number, 'ldifAttribute')
  if (form === '<') fault(number, 'ldifAddress')
  return {
    line: number,
    name: name.toLowerCase(),
    value: form === ':' ? decodeBase64(value.trim(), number) : Buffer.from(value, 'utf8'),
  }
}

function decodeBase64(text: string, line: number): Buffer {
  const valid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
  return valid ? Buffer.from(text, 'base64') : fault(line, 'ldifBase64')
}

function toEntry(record: readonly Pair[]): Entry | null {
  const pairs = record[0]?.name === 'version' ? checkVersion(record) : record
  const [first, ...rest] = pairs
  if (!first || trailers.includes(first.name)) return null
  if (first.name !== 'dn') return fault(first.line, 'ldifNoDn')
  const dn = first.value.toString('utf8')
  if (!isDn(dn)) fault(first.line, 'ldifDn')
  const attributes = new Map<string, Buffer[]>()
  for (const pair of withoutControls(rest)) {
    if (pair.name === 'dn') fault(pair.line, 'ldifSeparator')
    if (isSecretAttribute(pair.name)) continue
    const values = attributes.get(pair.name)
    if (values) values.push(pair.value)
    else attributes.set(pair.name, [pair.value])
  }
  return { dn, attributes }
}

function checkVersion(record: readonly Pair[]): readonly Pair[] {
  const [version, ...rest] = record
  if (version && version.value.toString('utf8').trim() !== '1') fault(version.line, 'ldifVersion')
  return rest
}

function withoutControls(pairs: readonly Pair[]): readonly Pair[] {
  const change = pairs.find((pair) => pair.name === 'changetype')
  if (change && change.value.toString('utf8').trim().toLowerCase() !== 'add') {
    fault(change.line, 'ldifChanges')
  }
  return pairs.filter((pair) => pair.name !== 'changetype' && pair.name !== 'control')
}
