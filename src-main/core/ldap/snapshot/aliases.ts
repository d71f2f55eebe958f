import { createHmac, randomBytes } from 'node:crypto'
import { formatDn, isDn, parseDn, type Ava } from '../dn'
import { formatSid } from '../sid'
import { foldValue } from '../prepared-value'

/** Stable stand-ins: the same value has the same alias wherever it stands. No two files share them. */
export interface Aliases {
  /** Of a name, an address (`alias@alias.invalid`) or any other text. */
  readonly text: (value: string) => string
  readonly dn: (dn: string) => string
  /** Of a number that is compared with others: another of about the same size, below 1,000 the same. */
  readonly number: (value: number) => number
  /** Of a security identifier's bytes: another domain's, with the same shape. */
  readonly sid: (sid: Buffer) => Buffer
  /** Hexadecimal digits for others, the separators kept. */
  readonly hex: (value: string) => string
  readonly bytes: (value: Buffer) => Buffer
}

/** Words of directories, not of the people who run them. */
const ownWords: ReadonlySet<string> = new Set([
  ...['schema', 'configuration', 'config', 'subschema', 'aggregate', 'monitor', 'changelog'],
  ...['domaindnszones', 'forestdnszones', 'default'],
])

/**
 * Aliases made with a key that is forgotten with them: whoever has only the file can neither look them up nor try
 * names against them.
 */
export function createAliases(key: Buffer = randomBytes(32)): Aliases {
  const digest = (kind: string, value: string | Buffer): Buffer =>
    createHmac('sha256', key).update(`${kind}\0`).update(value).digest()
  const word = (value: string): string => {
    const folded = foldValue(value)
    return folded === '' || ownWords.has(folded) ? folded : wordOf(digest('text', folded))
  }
  const text = (value: string): string => {
    const [, local, domain] = /^([^\s@]+)@([^\s@]+)$/.exec(value.trim()) ?? []
    return local !== undefined && domain !== undefined
      ? `${word(local)}@${word(domain)}.invalid`
      : word(value)
  }
  const number = (value: number) => permuted(value, (part) => digest('number', part).readUInt16BE(0))
  return {
    text,
    number,
    dn: (dn) =>
      isDn(dn) ? formatDn(parseDn(dn).map((rdn) => rdn.map((ava) => renamed(ava, text)))) : text(dn),
    sid: (sid) => otherDomain(sid, (domain) => digest('domain', domain), number),
    hex: (value) => hexOf(value, digest('hex', value.toLowerCase())),
    bytes: (value) => digest('bytes', value).subarray(0, Math.max(1, Math.min(value.length, 32))),
  }
}

/** Sixty bits: among a million values two alike are one in a million. A letter comes first. */
function wordOf(digest: Buffer): string {
  const digits = 'abcdefghijklmnopqrstuvwxyz234567'
  return `a${Array.from(digest.subarray(0, 12), (byte) => digits[byte & 31]).join('')}`
}

function renamed({ type, value, form }: Ava, text: (value: string) => string): Ava {
  return { type, value: text(form === 'ber' ? `#${value}` : value) }
}

function hexOf(value: string, digest: Buffer): string {
  const digits = digest.toString('hex')
  let at = 0
  return value.replace(/[0-9a-f]/gi, () => digits[at++ % digits.length] ?? '0')
}

/**
 * Another number of the same class, and no two the same: a Feistel network that is walked until it ends inside. Small
 * numbers mean the same in every directory (513: Domain Users).
 */
function permuted(value: number, round: (part: string) => number): number {
  const [low, high, half] = value < 1e9 ? [1000, 1e9, 15] : [1e9, 2 ** 32, 16]
  if (!Number.isInteger(value) || value < low || value >= high) return value
  let walked = value
  do walked = feistel(walked, half, round)
  while (walked < low || walked >= high)
  return walked
}

function feistel(value: number, half: number, round: (part: string) => number): number {
  const size = 2 ** half
  let [left, right] = [Math.floor(value / size), value % size]
  for (let turn = 0; turn < 4; turn += 1) {
    ;[left, right] = [right, left ^ (round(`${turn} ${half} ${right}`) % size)]
  }
  return left * size + right
}

/** `S-1-5-21-a-b-c-n`: a, b and c are the domain's, n the object's own. Others mean the same everywhere. */
function otherDomain(
  sid: Buffer,
  digest: (domain: Buffer) => Buffer,
  number: (value: number) => number,
): Buffer {
  const text = formatSid(sid)
  if (text === null || !text.startsWith('S-1-5-21-') || sid.length < 24) return sid
  const changed = Buffer.from(sid)
  digest(sid.subarray(12, 24)).copy(changed, 12, 0, 12)
  for (let at = 24; at < sid.length; at += 4) changed.writeUInt32LE(number(sid.readUInt32LE(at)), at)
  return changed
}
