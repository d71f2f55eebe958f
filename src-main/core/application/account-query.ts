import { applicationFindings, type ApplicationQuery } from '../../contract/application'
import type { AuthMethod } from '../../contract/app'
import { AppError } from '../../contract/errors'
import { z } from 'zod'
import { filled, type AccountMapping } from './account-mapping'
import { quoted, type Statement } from './application-database'
import { findingConditions } from './account-findings'

/** What is asked of the accounts, and under which mode their findings are judged. */
export interface Asked {
  readonly mapping: AccountMapping
  readonly method: AuthMethod | null
}

/** Collects the values of a statement in their order. */
function parameters() {
  const values: string[] = []
  return { values, add: (value: string) => `$${values.push(value)}` }
}
type Parameters = ReturnType<typeof parameters>

export const asDigit = (condition: string) => `CASE WHEN ${condition} THEN 1 ELSE 0 END`
export const from = ({ table }: AccountMapping) => `FROM ${quoted(table)} u`

function accountColumns({ mapping, method }: Asked): string {
  const conditions = findingConditions(mapping, method)
  const columns: Readonly<Record<string, string>> = {
    id: mapping.id,
    username: mapping.username,
    email: mapping.email ?? 'NULL',
    fullName: mapping.fullName ?? 'NULL',
    provider: mapping.provider,
    storedProvider: mapping.storedProvider ?? 'NULL',
    state: mapping.state,
    admin: mapping.admin === null ? '0' : asDigit(mapping.admin),
    linked: asDigit(mapping.linked),
    hasPassword: asDigit(filled(mapping.hash)),
    lastSignIn: mapping.lastSignIn ?? 'NULL',
    ...Object.fromEntries(applicationFindings.map((id) => [id, asDigit(conditions[id])])),
  }
  return Object.entries(columns)
    .map(([name, sql]) => `${sql} AS ${quoted(name)}`)
    .join(', ')
}

/** `%`, `_` and the sign that escapes them stand for themselves. */
const pattern = (text: string) => `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`

function searched(
  { username, email, fullName }: AccountMapping,
  search: string,
  { add }: Parameters,
): string {
  const value = add(pattern(search))
  const columns = [username, email, fullName].filter((column) => column !== null)
  return `(${columns.map((column) => `LOWER(${column}) LIKE LOWER(${value}) ESCAPE '\\'`).join(' OR ')})`
}

/** The filter of a list as conditions; every text of the person travels as a value. */
function conditionsOf({ mapping, method }: Asked, query: ApplicationQuery, given: Parameters): string[] {
  const among = (sql: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`(${sql}) IN (${values.map(given.add).join(', ')})`]
  const conditions = findingConditions(mapping, method)
  return [
    ...(query.search === '' ? [] : [searched(mapping, query.search, given)]),
    ...among(mapping.provider, query.providers),
    ...among(mapping.state, query.states),
    ...(query.findings.length === 0 ? [] : [`(${query.findings.map((id) => conditions[id]).join(' OR ')})`]),
  ]
}

const where = (conditions: readonly string[]) =>
  conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`

const cursorSchema = z.tuple([z.literal('application'), z.string(), z.string()])

export function cursorOf(last: { username: string; id: string }): string {
  return Buffer.from(JSON.stringify(['application', last.username, last.id])).toString('base64url')
}

function placeOf(cursor: string): { username: string; id: string } {
  try {
    const [, username, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { username, id }
  } catch (cause) {
    const details = { issues: [{ path: 'after', message: 'not a cursor of this list' }] }
    throw new AppError('INVALID_INPUT', { text: 'applicationCursor', details, cause })
  }
}

export const idsOrder = ({ username, id }: AccountMapping) => `ORDER BY ${username}, ${id}`

/** One row more than the page: whether there is another one. */
export function listStatement(asked: Asked, query: ApplicationQuery): Statement {
  const given = parameters()
  const { username, id } = asked.mapping
  const conditions = conditionsOf(asked, query, given)
  if (query.after !== null) {
    const place = placeOf(query.after)
    const [name, key] = [given.add(place.username), given.add(place.id)]
    conditions.push(`(${username} > ${name} OR (${username} = ${name} AND ${id} > ${key}))`)
  }
  const order = `${idsOrder(asked.mapping)} LIMIT ${query.limit + 1}`
  const sql = `SELECT ${accountColumns(asked)} ${from(asked.mapping)}${where(conditions)} ${order}`
  return { sql, values: given.values }
}

export function countStatement(asked: Asked, query: ApplicationQuery): Statement {
  const given = parameters()
  const conditions = where(conditionsOf(asked, query, given))
  return { sql: `SELECT COUNT(*) AS "n" ${from(asked.mapping)}${conditions}`, values: given.values }
}

export function accountStatement(asked: Asked, id: string): Statement {
  const columns = `${accountColumns(asked)}, ${asked.mapping.hash} AS "hash"`
  const sql = `SELECT ${columns} ${from(asked.mapping)} WHERE ${asked.mapping.id} = $1`
  return { sql, values: [id] }
}

/** The ids behind a typed name: by the name itself, else by the e-mail address; two are enough to be too many. */
export function idsByName({ mapping }: Asked, column: 'username' | 'email', name: string): Statement | null {
  const sql = mapping[column]
  if (sql === null) return null
  const found = `SELECT ${mapping.id} AS "id" ${from(mapping)} WHERE LOWER(${sql}) = LOWER($1)`
  return { sql: `${found} ORDER BY ${mapping.id} LIMIT 2`, values: [name] }
}

/** How many accounts, administrators and findings there are, in one look. */
export function summaryStatement({ mapping, method }: Asked): Statement {
  const conditions = findingConditions(mapping, method)
  const sum = (condition: string) => `COALESCE(SUM(${asDigit(condition)}), 0)`
  const admins = mapping.admin === null ? '0' : sum(activeAdmin(mapping) ?? '1 = 0')
  const counts = applicationFindings.map((id) => `${sum(conditions[id])} AS ${quoted(id)}`)
  const sql = `SELECT COUNT(*) AS "accounts", ${admins} AS "admins", ${counts.join(', ')} ${from(mapping)}`
  return { sql, values: [] }
}

/** Administrators who can sign in; null where the application has no such role in its database. */
export function activeAdmin({ admin, state }: AccountMapping): string | null {
  return admin === null ? null : `(${admin} AND (${state}) = 'enabled')`
}
