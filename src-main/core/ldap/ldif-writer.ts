import type { Entry } from './entry'
import { isSecretAttribute } from './secret-attributes'

const width = 76

/** Writes entries as LDIF (RFC 2849), piece by piece; the order of the entries is theirs. */
export async function* writeLdif(entries: AsyncIterable<Entry> | Iterable<Entry>): AsyncGenerator<string> {
  yield 'version: 1\n'
  for await (const entry of entries) yield `\n${formatEntry(entry)}`
}

/** One record, the same for the same content: object classes first, then attributes by name, values by their bytes. */
export function formatEntry(entry: Entry): string {
  const attributes = [...entry.attributes]
    .filter(([name]) => !isSecretAttribute(name))
    .sort(([one], [other]) => order(one, other))
  const lines = attributes.flatMap(([name, values]) =>
    values.toSorted((one, other) => one.compare(other)).map((value) => line(name, value)),
  )
  return [line('dn', Buffer.from(entry.dn, 'utf8')), ...lines, ''].join('\n')
}

function order(one: string, other: string): number {
  const rank = (name: string) => (name === 'objectclass' ? 0 : 1)
  return rank(one) - rank(other) || (one < other ? -1 : Number(one > other))
}

function line(name: string, value: Buffer): string {
  const text = isSafe(value)
    ? `${name}: ${value.toString('latin1')}`
    : `${name}:: ${value.toString('base64')}`
  return folded(value.length === 0 ? `${name}:` : text)
}

/** RFC 2849's SAFE-STRING, and no space at the end, which editors drop. */
function isSafe(value: Buffer): boolean {
  const text = value.toString('latin1')
  return !/^[ :<]| $/.test(text) && value.every((byte) => byte >= 0x20 && byte < 0x7f)
}

function folded(text: string): string {
  if (text.length <= width) return text
  const rest = text.slice(width).match(new RegExp(`.{1,${width - 1}}`, 'gs')) ?? []
  return [text.slice(0, width), ...rest].join('\n ')
}
