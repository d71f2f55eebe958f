import { replaceEncoded } from './encoded-parts'
import { removed, withoutSecretKinds } from './secret-kinds'
import { secretPattern } from './secret-pattern'

export type Scrub = (text: string) => string

export interface ScrubOptions {
  /** The secrets that were at hand during the run. */
  readonly secrets: readonly (string | null)[]
  /** The words that every report has; a secret that is one of them is not told by them. */
  readonly ordinary: string
  /** What the report shows of the settings. */
  readonly visible: readonly string[]
}

const longEnough = 8

/**
 * Taking a word out of a text tells that this word is the secret. So one that any report holds, and a short one that
 * the settings show anyway, such as the password `admin` beside `cn=admin`, stay where they are.
 */
function isTold(secret: string, { ordinary, visible }: ScrubOptions): boolean {
  if (ordinary.includes(secret)) return false
  return secret.length >= longEnough || !visible.some((text) => text.includes(secret))
}

const isGiven = (secret: string | null): secret is string => secret !== null && secret.trim() !== ''

/** What was never text decodes to noise, in which no name and no other encoding has to be looked for. */
const readable = /[\x21-\x7e]{5}/

/** Two encodings in each other are looked through, as a form's value within a header. */
const depth = 2

/** Takes secrets out of a text: those at hand in every spelling and encoding, the others by their kind. */
export function createScrub(options: ScrubOptions): Scrub {
  const given = options.secrets.filter(isGiven).flatMap((secret) => [secret, secret.trim()])
  const patterns = [...new Set(given)]
    .filter((secret) => isTold(secret, options))
    .toSorted((one, other) => other.length - one.length)
    .map(secretPattern)
  const plainly: Scrub = (text) =>
    patterns.reduce((so, pattern) => pattern.replaceIn(so, removed), withoutSecretKinds(text))
  const within =
    (level: number) =>
    (text: string): string => {
      const plain = plainly(text)
      if (level === 0) return plain
      const inner = within(level - 1)
      const tells = (decoded: string) =>
        patterns.some((pattern) => pattern.isIn(decoded)) ||
        (readable.test(decoded) && inner(decoded) !== decoded)
      return replaceEncoded(plain, removed, tells)
    }
  return within(depth)
}

/** The same for every text of a value. */
export function scrubDeep<T>(value: T, scrub: Scrub): T {
  if (typeof value === 'string') return scrub(value) as T
  if (Array.isArray(value)) return value.map((each: unknown) => scrubDeep(each, scrub)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, scrubDeep(each, scrub)])) as T
}
