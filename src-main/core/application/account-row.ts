import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  applicationFindings,
  applicationProviders,
  applicationStates,
  type ApplicationAccount,
} from '../../contract/application'
import type { Row } from './application-database'

const timeForm = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,9})? ?(Z|[+-]\d\d(?::?\d\d)?)?$/

/** A time as the applications write it; without a zone it is UTC, as they mean it. Anything else is not known. */
export function timeOf(text: string | null): string | null {
  const [, day, time, fraction = '', zone = 'Z'] = timeForm.exec(text?.trim() ?? '') ?? []
  if (day === undefined || time === undefined) return null
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')
  const at = new Date(`${day}T${time}${fraction.slice(0, 4)}${offset}`)
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1971 ? null : at.toISOString()
}

const digit = z.enum(['0', '1']).transform((value) => value === '1')
const textOrNull = z
  .string()
  .nullable()
  .transform((value) => (value === '' ? null : value))
const rowSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: textOrNull,
  fullName: textOrNull,
  provider: z.enum(applicationProviders),
  storedProvider: z.string().nullable(),
  state: z.enum(applicationStates),
  admin: digit,
  hasPassword: digit,
  lastSignIn: z.string().nullable(),
})

/** An account as its row has it. */
export function accountOf(row: Row): ApplicationAccount {
  const { lastSignIn, ...account } = rowSchema.parse({
    ...row,
    username: row['username'] ?? '',
  })
  const findings = applicationFindings.filter((id) => row[id] === '1')
  return { ...account, lastSignIn: timeOf(lastSignIn), findings }
}

const shown = [
  'id',
  'username',
  'email',
  'fullName',
  'provider',
  'storedProvider',
  'state',
  'admin',
  'linked',
  'hash',
] as const

/** Says whether a row is still the one that was shown; when the person last signed in does not matter. */
export function revisionOf(row: Row): string {
  const parts = JSON.stringify(shown.map((name) => row[name] ?? null))
  return createHash('sha256').update(parts).digest('hex').slice(0, 32)
}

const secret = /pass|hash|digest|secret|token|salt|totp|otp|recovery|api_?key/i
const longest = 300

/** A value too long for a record, or one that is a secret, is told by its fingerprint: equal stays equal. */
function recorded(name: string, value: string | null): string | null {
  if (value === null) return null
  const short = value.length <= 5
  if ((short || !secret.test(name)) && value.length <= longest) return value
  return `sha256:${createHash('sha256').update(value).digest('hex').slice(0, 16)}`
}

/**
 * The whole row as the audit keeps it. The door's own redaction goes by the names of the fields, so that the columns
 * travel as a list.
 */
export function backupOf(row: Row): { column: string; value: string | null }[] {
  return Object.entries(row).map(([column, value]) => ({ column, value: recorded(column, value) }))
}
