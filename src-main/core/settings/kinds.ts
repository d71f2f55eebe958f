import { z } from 'zod'
import type { Code } from '../../contract/errors'
import { isDn } from '../ldap/dn'
import { readFilterText } from '../ldap/filter-reader'
import { proposeFilter } from '../ldap/filter-repair'
import type { Found } from './findings'

type Located = Required<Pick<Found, 'text' | 'fault'>>

/** What a setting's text must be. `expected` completes the sentence "expected …" and the reference. */
export interface Kind<T> {
  readonly name: string
  readonly expected: string
  readonly schema: z.ZodType<T, string>
  /** The finding of a value that does not fit. */
  readonly code: Code
  /** Where the fault of a value is that does not fit, for kinds that have a grammar. */
  readonly locate?: (value: string) => Located | null
  /** The only words it takes. */
  readonly choices?: readonly string[]
}

function kind<T>(name: string, expected: string, schema: z.ZodType<T, string>): Kind<T> {
  return { name, expected, schema, code: 'CONFIG_INVALID' }
}

const noControls = /^[^\p{Cc}]*$/u
const trimmed = z.string().trim().regex(noControls)

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  '1': true,
  yes: true,
  on: true,
  false: false,
  '0': false,
  no: false,
  off: false,
}
const word = z.string().trim().toLowerCase()

/** Fails the schema from within a transform. */
function refuse(context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom' })
  return z.NEVER
}

export const text = kind('text', 'a text without control characters', trimmed)
/** Never trimmed: a password may begin or end with a space. */
export const secret = kind('secret', 'a secret', z.string())
export const path = kind('file', 'the path of a file', trimmed)

export const boolean: Kind<boolean> = {
  ...kind(
    'boolean',
    'true, false, 1, 0, yes, no, on or off',
    word.transform((value, context) =>
      Object.hasOwn(truths, value) ? truths[value] === true : refuse(context),
    ),
  ),
  choices: ['true', 'false'],
}

export function integer(min: number, max: number, unit = ''): Kind<number> {
  const expected = `a whole number from ${min} to ${max}${unit && ` (${unit})`}`
  const digits = z
    .string()
    .trim()
    .regex(/^\d{1,9}$/)
  return kind('integer', expected, digits.transform(Number).pipe(z.number().min(min).max(max)))
}

export function choice<const V extends readonly string[]>(values: V): Kind<V[number]> {
  return { ...kind('choice', `one of ${values.join(', ')}`, word.pipe(z.enum(values))), choices: values }
}

const jsonArray = z.array(z.string().or(z.number().transform(String)))

/** Throws on a broken JSON array. */
function splitList(value: string, separator: RegExp): string[] {
  return value.startsWith('[') ? jsonArray.parse(JSON.parse(value)) : value.split(separator)
}

/** Entries are trimmed; one that differs from an earlier one only in case is dropped. */
function distinct(entries: readonly string[]): string[] {
  const seen = new Map<string, string>()
  for (const entry of entries.map((each) => each.trim())) {
    if (entry !== '' && !seen.has(entry.toLowerCase())) seen.set(entry.toLowerCase(), entry)
  }
  return [...seen.values()]
}

function list(separator: RegExp, expected: string): Kind<readonly string[]> {
  const schema = trimmed.transform((value, context) => {
    try {
      return distinct(splitList(value, separator))
    } catch {
      return refuse(context)
    }
  })
  return kind('list', expected, schema)
}
export const commaList = list(/,/, 'a list separated by commas, or a JSON array')
export const looseList = list(/[\s,]+/, 'a list separated by commas or spaces, or a JSON array')
/** No JSON here: a host may begin with a bracket. */
export const wordList: Kind<readonly string[]> = kind(
  'list',
  'words separated by spaces',
  trimmed.transform((value) => distinct(value.split(/[\s,]+/))),
)

export const ports: Kind<readonly number[]> = kind(
  'list',
  'port numbers from 1 to 65535, separated by commas',
  looseList.schema.transform((entries, context) => {
    const numbers = entries.map(Number)
    return numbers.every((port) => Number.isInteger(port) && port >= 1 && port <= 65_535)
      ? numbers
      : refuse(context)
  }),
)

function mappingOf(value: string): unknown {
  if (value.startsWith('{')) return JSON.parse(value)
  const pairs = value.split(',').filter((pair) => pair.trim() !== '')
  return Object.fromEntries(pairs.map((pair) => pair.split('=').map((part) => part.trim())))
}
const mapping = z.record(z.string().min(1), z.string().trim().min(1))

/** A text with a grammar of its own; null and what is thrown both say that it does not fit. */
export function parsed<T>(expected: string, read: (text: string) => T | null): Kind<T> {
  const schema = trimmed.transform((value, context) => {
    try {
      return read(value) ?? refuse(context)
    } catch {
      return refuse(context)
    }
  })
  return kind('text', expected, schema)
}

/** TimeTracker writes a JSON object, Pulse `group=role` pairs; the role's name is judged later. */
export const groupMap = kind(
  'json',
  'a JSON object {"group":"role"}, or group=role pairs separated by commas',
  trimmed.transform((value, context) => {
    try {
      return mapping.parse(mappingOf(value))
    } catch {
      return refuse(context)
    }
  }),
)

export const dn: Kind<string> = {
  ...kind('dn', 'a distinguished name such as ou=people,dc=example,dc=org', trimmed.refine(isDn)),
  code: 'LDAP_DN_SYNTAX',
}

/** Active Directory also binds `user@domain` and `DOMAIN\user`. */
export const bindName: Kind<string> = {
  ...kind(
    'dn',
    'a distinguished name, user@domain or DOMAIN\\user',
    trimmed.refine(
      (value) =>
        (value !== '' && isDn(value)) ||
        /^[^\s@=]+@[^\s@=]+$/.test(value) ||
        /^[^\\=]+\\[^\\=]+$/.test(value),
    ),
  ),
  code: 'LDAP_DN_SYNTAX',
}

export const attribute = kind(
  'text',
  'an attribute name such as uid',
  trimmed.regex(/^(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)$/),
)

function locateInFilter(value: string): Located | null {
  const read = readFilterText(value)
  if (read.ok) return null
  const { position, reason } = read
  const proposal = proposeFilter(value)
  return {
    text: proposal === null ? 'filter' : 'filterProposed',
    fault: { value, position, proposal, reason },
  }
}

export const filter: Kind<string> = {
  ...kind(
    'text',
    'a search filter such as (objectClass=person)',
    trimmed.refine((text) => readFilterText(text).ok),
  ),
  code: 'LDAP_FILTER_SYNTAX',
  locate: locateInFilter,
}

function isWebUrl(value: string): boolean {
  if (!URL.canParse(value) || /[<>{}\s]/.test(value)) return false
  const url = new URL(value)
  const plain = url.username === '' && url.password === '' && url.hash === ''
  return plain && (url.protocol === 'https:' || url.protocol === 'http:')
}

export const url = kind(
  'url',
  'an absolute http or https address without placeholder, password or #fragment',
  trimmed.refine(isWebUrl),
)
