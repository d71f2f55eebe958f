import { english } from '../../contract/texts/en'
import type { ErrorBody } from '../../contract/errors'
import type { Exit } from './exit-codes'

/** Colours for a terminal; elsewhere the text as it is. */
export interface Style {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
  readonly red: (text: string) => string
}

const codes = { bold: 1, dim: 2, green: 32, yellow: 33, red: 31 } as const

function painter(code: number, colours: 'on' | 'off') {
  return (text: string) => (colours === 'on' ? `\u001b[${code}m${text}\u001b[0m` : text)
}

export function createStyle(colours: 'on' | 'off'): Style {
  return {
    bold: painter(codes.bold, colours),
    dim: painter(codes.dim, colours),
    green: painter(codes.green, colours),
    yellow: painter(codes.yellow, colours),
    red: painter(codes.red, colours),
  }
}

/** Colours where a person reads, unless they said no (no-color.org). */
export function styleFor(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): Style {
  return createStyle(stream.isTTY === true && !environment['NO_COLOR'] ? 'on' : 'off')
}

/** Names and answers come from outside: a control character must not reach the terminal. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

/** What a command found: a document for scripts, a text for people. `ok` false in it: something is not well. */
export interface Outcome {
  readonly document: Readonly<Record<string, unknown>> & { readonly ok?: boolean }
  readonly text: (style: Style) => string
  /** Where neither 0 nor 1 says it. */
  readonly exit?: Exit
}

export function successDocument(outcome: Outcome): string {
  return `${JSON.stringify({ ok: true, ...outcome.document }, null, 2)}\n`
}

export function failureDocument(error: ErrorBody): string {
  return `${JSON.stringify({ ok: false, error }, null, 2)}\n`
}

/** What happened, its code, and what to do. */
export function failureText(error: ErrorBody, style: Style): string {
  const { title, next } = english.codes[error.code]
  const said = plain(error.message || title)
  return `${style.red('authdesk:')} ${said} ${style.dim(`[${error.code}]`)}\n  ${next}\n`
}

/** Columns as wide as their widest cell; the last one is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(plain))
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)))
  return cells
    .map((row) =>
      row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  '),
    )
    .join('\n')
}
