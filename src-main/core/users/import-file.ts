import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../../contract/errors'
import { fromFormulaSafe } from '../csv/formula-safe'

const mostBytes = 50 * 1024 * 1024
const mostRows = 200_000

export const importColumns = [
  ...(['username', 'email', 'full_name', 'auth_provider', 'role', 'state', 'password_hash'] as const),
] as const
export type ImportColumn = (typeof importColumns)[number]

/** One row of the file as text; an absent or empty value is ''. */
export interface RawRow {
  readonly line: number
  readonly values: Readonly<Record<ImportColumn, string>>
}

export interface ImportFile {
  readonly rows: readonly RawRow[]
  readonly ignored: readonly string[]
  readonly digest: string
}

const invalid = (text: 'importUtf16' | 'importUtf8' | 'importTooLarge' | 'importTooMany') =>
  new AppError('INVALID_INPUT', { text })

const wrongAt = (line: number, text: 'importQuotes' | 'importHeader' | 'importJson') =>
  new AppError('INVALID_INPUT', { text, details: { line } })

/** UTF-8 with or without a byte order mark; anything else is refused before a name is read wrongly. */
function decode(bytes: Buffer): string {
  if (
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff) ||
    bytes.includes(0)
  )
    throw invalid('importUtf16')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw invalid('importUtf8')
  }
}

const known: ReadonlySet<string> = new Set(importColumns)

/** `Full Name`, `fullName` and `full_name` are one column. */
function columnOf(heading: string): string {
  return heading
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
}

function rowOf(line: number, cells: ReadonlyMap<string, string>): RawRow {
  const values = importColumns.map((column) => [column, (cells.get(column) ?? '').trim()] as const)
  return { line, values: Object.fromEntries(values) as RawRow['values'] }
}

function splitColumns(headings: readonly string[]): string[] {
  const columns = headings.map(columnOf)
  if (!columns.includes('username') || new Set(columns).size < columns.length)
    throw wrongAt(1, 'importHeader')
  return columns
}

/** The header has no text of its own, so what stands most often in it divides it. */
function delimiterOf(text: string): string {
  const header = text.trimStart().split('\n', 1)[0] ?? ''
  const often = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t'].toSorted((one, other) => often(other) - often(one))[0] ?? ','
}

async function readCsv(text: string): Promise<Omit<ImportFile, 'digest'>> {
  const { default: papa } = await import('papaparse')
  const rows: RawRow[] = []
  const columns: string[] = []
  let [line, seen] = [1, 0]
  const lineAfter = (cursor: number) => {
    for (let at = text.indexOf('\n', seen); at >= 0 && at < cursor; at = text.indexOf('\n', at + 1)) line += 1
    seen = cursor
  }
  papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    step: ({ data, errors, meta }, parser) => {
      const quotes = errors.find(({ type }) => type === 'Quotes')
      if (quotes) throw wrongAt(line, 'importQuotes')
      const cells = data.map(fromFormulaSafe)
      const blank = cells.every((cell) => cell.trim() === '')
      if (blank) {
        lineAfter(meta.cursor)
        return
      }
      if (columns.length === 0) columns.push(...splitColumns(cells))
      else rows.push(rowOf(line, new Map(columns.map((column, at) => [column, cells[at] ?? '']))))
      if (rows.length > mostRows) parser.abort()
      lineAfter(meta.cursor)
    },
  })
  if (columns.length === 0) throw wrongAt(1, 'importHeader')
  return { rows, ignored: columns.filter((column) => !known.has(column)) }
}

const entries = z.array(z.record(z.string(), z.unknown()))
const asText = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

function readJson(text: string): Omit<ImportFile, 'digest'> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new AppError('INVALID_INPUT', { text: 'importJson', details: { line: 1 }, cause })
  }
  const parsed = z
    .union([entries, z.object({ users: entries }).transform(({ users }) => users)])
    .safeParse(content)
  if (!parsed.success) throw wrongAt(1, 'importJson')
  const ignored = new Set<string>()
  const rows = parsed.data.map((entry, index) => {
    const cells = new Map(Object.entries(entry).map(([name, value]) => [columnOf(name), asText(value)]))
    for (const name of cells.keys()) if (!known.has(name)) ignored.add(name)
    return rowOf(index + 1, cells)
  })
  return { rows, ignored: [...ignored] }
}

/** Reads a file of accounts: CSV (RFC 4180; comma, semicolon or tab) with a header, or JSON. At most 50 MB and 200,000 rows. */
export async function readImportFile(path: string, format: 'csv' | 'json'): Promise<ImportFile> {
  const size = await stat(path).then(
    (found) => found.size,
    (cause: unknown) => {
      throw new AppError('NOT_FOUND', { text: 'fileMissing', details: { path }, cause })
    },
  )
  if (size > mostBytes) throw invalid('importTooLarge')
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', { text: 'fileUnreadable', details: { path }, cause })
  })
  const text = decode(bytes)
  const read = format === 'csv' ? await readCsv(text) : readJson(text)
  if (read.rows.length > mostRows) throw invalid('importTooMany')
  return { ...read, digest: createHash('sha256').update(bytes).digest('hex') }
}
