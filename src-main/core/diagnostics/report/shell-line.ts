import { removed } from './secret-kinds'

/** One word of a POSIX shell; only what cannot mean anything else stays without quotes. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** A value of the run; text that is not marked is part of the line as it is. */
export interface ShellValue {
  readonly value: string
  /** The variable that it is assigned to, for the one command. */
  readonly variable?: string
}
export type ShellPart = string | ShellValue

const isPrintable = (text: string) => !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(text)

/**
 * The line, or null where it cannot be written: a value lost a secret, so that the line would ask something else, or has
 * characters that a terminal acts upon.
 */
export function shellLine(parts: readonly ShellPart[]): string | null {
  const values = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.value]))
  if (!values.every((text) => isPrintable(text) && !text.includes(removed))) return null
  return parts.map(written).join(' ')
}

function written(part: ShellPart): string {
  if (typeof part === 'string') return part
  return part.variable === undefined ? shellWord(part.value) : `${part.variable}=${shellWord(part.value)}`
}
