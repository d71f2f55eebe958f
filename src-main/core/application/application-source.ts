import type { AuthMethod } from '../../contract/app'
import type {
  ApplicationDetail,
  ApplicationQuery,
  ApplicationAccount,
  ApplicationStatus,
} from '../../contract/application'
import { applicationFindings } from '../../contract/application'
import { AppError } from '../../contract/errors'
import type { Actor } from '../app/ports'
import type { Texts } from '../app/texts'
import { explainFinding } from './account-findings'
import { actionsFor } from './account-policy'
import {
  accountStatement,
  activeAdmin,
  countStatement,
  cursorOf,
  from,
  idsByName,
  listStatement,
  summaryStatement,
  type Asked,
} from './account-query'
import type { AccountMapping } from './account-mapping'
import { accountOf, revisionOf, timeOf } from './account-row'
import type { ApplicationDatabase, Reading, Row } from './application-database'
import { formatOf } from './application-hash'
import type { HandMapping } from './hand-mapping'
import { methodsOf } from './application-ways'
import { recogniseApplication, type Recognised } from './recognise-application'

/** One application's accounts, as its profile says where they are and how people sign in. */
export interface ApplicationSourceOptions {
  readonly profile: string
  readonly database: ApplicationDatabase
  readonly hand: HandMapping | null
  readonly method: AuthMethod | null
  readonly texts: Texts
}

/**
 * The port behind which an application's accounts sit; one implementation serves every kind, since a kind is a mapping
 * of columns. Only looks: what changes a row is `changeAccount`.
 */
export interface ApplicationSource {
  readonly status: () => Promise<ApplicationStatus>
  readonly list: (
    query: ApplicationQuery,
  ) => Promise<{ accounts: ApplicationAccount[]; next: string | null; total: number }>
  readonly get: (id: string, actor: Actor) => Promise<ApplicationDetail>
  readonly find: (name: string, actor: Actor) => Promise<ApplicationDetail>
}

export interface Found extends Asked {
  readonly recognised: Recognised
}

/** Whose tables these are, in this very snapshot. */
export async function lookAt(options: ApplicationSourceOptions, reading: Reading): Promise<Found> {
  const recognised = await recogniseApplication(reading, options.database, options.hand)
  return { recognised, mapping: recognised.mapping, method: options.method }
}

const notFound = (name: string) =>
  new AppError('NOT_FOUND', { text: 'accountUnknown', details: { name: name.slice(0, 200) } })

/** PostgreSQL refuses a text that is no number as the id of a numbered table; to us nobody has that id. */
export async function rowOf(reading: Reading, asked: Asked, id: string): Promise<Row> {
  try {
    const [row] = await reading.select(accountStatement(asked, id))
    if (row) return row
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && /^22/.test(String(error.code)))) throw error
  }
  throw notFound(id)
}

export async function countOf(reading: Reading, sql: string, values: readonly string[]): Promise<number> {
  const [row] = await reading.select({ sql, values })
  return Number(row?.['n'] ?? 0)
}

export async function activeAdmins(reading: Reading, { mapping }: Asked): Promise<number | null> {
  const condition = activeAdmin(mapping)
  if (condition === null) return null
  return countOf(reading, `SELECT COUNT(*) AS "n" ${from(mapping)} WHERE ${condition}`, [])
}

async function eventsOf(
  reading: Reading,
  { events }: AccountMapping,
  id: string,
): Promise<ApplicationDetail['events']> {
  if (events === null) return null
  const rows = await reading.select({ sql: events, values: [id] })
  return rows.map(({ at, event, method, provider, address }) => ({
    at: timeOf(at ?? null),
    event: event ?? '',
    method: method ?? null,
    provider: provider ?? null,
    address: address ?? null,
  }))
}

async function detailOf(
  reading: Reading,
  found: Found,
  { id, actor, texts }: { id: string; actor: Actor; texts: Texts },
): Promise<ApplicationDetail> {
  const { mapping, recognised } = found
  const row = await rowOf(reading, found, id)
  const account = accountOf(row)
  const identities =
    mapping.identities === null ? [] : await reading.select({ sql: mapping.identities, values: [id] })
  const count = (sql: string | null | undefined) => (sql ? countOf(reading, sql, [id]) : null)
  const facts = { actor, account, recognised, activeAdmins: await activeAdmins(reading, found) }
  return {
    ...account,
    revision: revisionOf(row),
    passwordFormat: formatOf(row['hash'] ?? null),
    identities: identities.map((identity) => ({
      issuer: identity['issuer'] ?? null,
      slug: identity['slug'] ?? null,
      subject: identity['subject'] ?? '',
      email: identity['email'] ?? null,
      lastSignIn: timeOf(identity['lastSignIn'] ?? null),
    })),
    sessions: await count(mapping.sessions?.count),
    tokens: await count(mapping.tokens),
    events: await eventsOf(reading, mapping, id),
    explained: account.findings.map((finding) => explainFinding(finding, texts)),
    actions: actionsFor(facts),
  }
}

/** `id:7`, else a name that is typed to sign in, else an e-mail address; more than one account is nobody. */
export async function idOf(reading: Reading, asked: Asked, name: string): Promise<string> {
  const [, given] = /^id:(.+)$/.exec(name) ?? []
  if (given !== undefined) return given
  for (const column of ['username', 'email'] as const) {
    const statement = idsByName(asked, column, name)
    const rows = statement === null ? [] : await reading.select(statement)
    const ids = rows.flatMap((row) => row['id'] ?? [])
    if (ids.length > 1)
      throw new AppError('CONFLICT', { text: 'applicationNameTwice', details: { name, ids: ids.join(', ') } })
    if (ids[0] !== undefined) return ids[0]
  }
  throw notFound(name)
}

async function statusOf(options: ApplicationSourceOptions, reading: Reading): Promise<ApplicationStatus> {
  const { database, profile, texts } = options
  const found = await lookAt(options, reading)
  const { mapping, version, readOnly } = found.recognised
  const [row = {}] = await reading.select(summaryStatement(found))
  const findings = applicationFindings
    .map((id) => ({ ...explainFinding(id, texts), accounts: Number(row[id] ?? 0) }))
    .filter(({ accounts }) => accounts > 0)
  return {
    ...{ profile, kind: mapping.kind, dialect: database.dialect, place: database.place, version },
    readOnly:
      readOnly === null ? null : { reason: readOnly, message: texts(`application.readOnly.${readOnly}`) },
    accounts: Number(row['accounts'] ?? 0),
    admins: Number(row['admins'] ?? 0),
    method: options.method,
    methods: [...methodsOf[mapping.kind]],
    findings,
  }
}

export function createApplicationSource(options: ApplicationSourceOptions): ApplicationSource {
  const { database, texts } = options
  const reading = <T>(work: (reading: Reading, found: Found) => Promise<T>) =>
    database.read(async (connection) => work(connection, await lookAt(options, connection)))
  return {
    status: () => database.read((connection) => statusOf(options, connection)),
    list: (query) =>
      reading(async (connection, found) => {
        const rows = (await connection.select(listStatement(found, query))).map(accountOf)
        const accounts = rows.slice(0, query.limit)
        const last = rows.length > query.limit ? accounts.at(-1) : undefined
        const { sql, values } = countStatement(found, query)
        return {
          accounts,
          next: last === undefined ? null : cursorOf(last),
          total: await countOf(connection, sql, values),
        }
      }),
    get: (id, actor) => reading((connection, found) => detailOf(connection, found, { id, actor, texts })),
    find: (name, actor) =>
      reading(async (connection, found) =>
        detailOf(connection, found, { id: await idOf(connection, found, name), actor, texts }),
      ),
  }
}
