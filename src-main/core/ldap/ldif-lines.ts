import { createReadStream } from 'node:fs'
import { AppError } from '../../contract/errors'
import type { MessageKey } from '../../contract/texts/en/messages'

interface Line {
  readonly number: number
  readonly text: string
}

export interface Pair {
  readonly line: number
  readonly name: string
  readonly value: Buffer
}

export function fault(line: number, text: MessageKey): never {
  throw new AppError('INVALID_INPUT', { text, details: { line } })
}

type Chunks = AsyncIterable<string> | Iterable<string>

/**
 * Opens a file of entries as text: UTF-8, or UTF-16 as ldifde writes it with `-u`. What can't be opened is `NOT_FOUND`
 * or `INVALID_INPUT`.
 */
export async function* readTextFile(path: string): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  try {
    for await (const chunk of createReadStream(path)) {
      const bytes = chunk as Buffer
      decoder ??= new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8')
      yield decoder.decode(bytes, { stream: true })
    }
    if (decoder) yield decoder.decode()
  } catch (cause) {
    const reason = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? 'unknown') : 'unknown'
    throw new AppError(reason === 'ENOENT' ? 'NOT_FOUND' : 'INVALID_INPUT', {
      text: reason === 'ENOENT' ? 'fileMissing' : 'fileUnreadable',
      details: { reason },
      cause,
    })
  }
}

/** The lines of each record as RFC 2849 writes them: folded lines joined, comments left out, base64 decoded. */
export async function* readPairs(chunks: Chunks): AsyncGenerator<readonly Pair[]> {
  let record: Pair[] = []
  for await (const line of unfolded(physicalLines(chunks))) {
    if (line.text !== '') record.push(parsePair(line))
    else if (record.length > 0) {
      yield record
      record = []
    }
  }
  if (record.length > 0) yield record
}

async function* physicalLines(chunks: Chunks): AsyncGenerator<Line> {
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
  if (text === '-') return { line: number, name: '-', value: Buffer.alloc(0) }
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
