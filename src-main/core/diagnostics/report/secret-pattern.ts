const escapeRegExp = (char: string) => char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

/** Hexadecimal digits in either case. */
const digits = (hex: string) => hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)

const hexOf = (byte: number) => digits(byte.toString(16).padStart(2, '0'))

/** What may stand between two characters: the other byte of UTF-16, or the fold of a long line (RFC 2849 note 2). */
const between = '(?:[\\0\\ufffd]|(?:%(?:25)?|\\\\{1,2}(?:x|u00)?)00|\\r?\\n[ \\t]?)?'

const entities: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
}

/** A byte that is percent-encoded, or escaped as DNs, filters and strings do it. */
const byteForm = (byte: number) => `(?:%(?:25)?|\\\\{1,2}x?)${hexOf(byte)}`

const literal = (bytes: readonly number[]) => escapeRegExp(String.fromCharCode(...bytes))

function wideForms(char: string): string[] {
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at))
  return [
    // The bytes of UTF-16, in either order, read as if each were a character.
    literal(units.flatMap((unit) => [unit & 0xff, unit >> 8])),
    literal(units.flatMap((unit) => [unit >> 8, unit & 0xff])),
  ]
}

/** One character in every form that texts have for it. */
function formsOf(char: string): string[] {
  const point = char.codePointAt(0) ?? 0
  const units = Array.from({ length: char.length }, (_, at) =>
    char.charCodeAt(at).toString(16).padStart(4, '0'),
  )
  const byteForms = [Buffer.from(char, 'utf8'), ...(point < 256 ? [Buffer.from(char, 'latin1')] : [])]
  const entity = entities[char]
  return [
    char === '\\' ? '\\\\{1,4}' : `\\\\{0,3}${escapeRegExp(char)}`,
    ...new Set(byteForms.map((bytes) => [...bytes].map(byteForm).join(''))),
    units.map((unit) => `\\\\{1,2}u${digits(unit)}`).join(''),
    `&#(?:0*${point}|[xX]0*${digits(point.toString(16))});`,
    ...(entity === undefined ? [] : [`&${entity};`]),
    ...(char === ' ' ? ['\\+'] : []),
    ...(char === "'" ? ["'\\\\''"] : []),
    ...(point < 256 ? [] : wideForms(char)),
  ]
}

function formsOfAll(chars: readonly string[]): string {
  return chars.map((char) => `(?:${formsOf(char).join('|')})`).join(between)
}

/** Finds a secret in a text. */
export interface SecretPattern {
  readonly isIn: (text: string) => boolean
  readonly replaceIn: (text: string, replacement: string) => string
}

/** So many characters are looked for first: most texts have not even these, and the whole pattern is never made. */
const beginning = 3

/**
 * Finds a secret however its characters are written: as they are, percent-encoded (RFC 3986 section 2.1), as escapes of
 * JSON, of a DN (RFC 4514), of a filter (RFC 4515), of HTML or of a shell, as UTF-16, or folded.
 */
export function secretPattern(secret: string): SecretPattern {
  const spellings = [...new Set([secret, secret.normalize('NFC'), secret.normalize('NFD')])].map((text) =>
    Array.from(text),
  )
  const begins = new RegExp(spellings.map((chars) => formsOfAll(chars.slice(0, beginning))).join('|'))
  let whole: RegExp | null = null
  const pattern = () => (whole ??= new RegExp(spellings.map(formsOfAll).join('|'), 'g'))
  return {
    isIn: (text) => begins.test(text) && text.search(pattern()) !== -1,
    replaceIn: (text, replacement) => (begins.test(text) ? text.replace(pattern(), () => replacement) : text),
  }
}
