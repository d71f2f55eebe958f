import { readFile } from 'node:fs/promises'
import type { Client, ClientConfig } from 'pg'
import { AppError, type Code } from '../../contract/errors'
import type { MessageKey } from '../../contract/texts/en/messages'
import type { ApplicationDatabase, Reading, Row, Statement, Writing } from './application-database'
import { placeText, type ApplicationPlace } from './application-place'

type PostgresPlace = Extract<ApplicationPlace, { dialect: 'postgres' }>

const connectTimeoutMs = 10_000
const statementTimeoutMs = 30_000

/** By SQLSTATE (PostgreSQL, appendix A) or the system's own code. */
const answers: Readonly<Record<string, readonly [Code, MessageKey]>> = {
  '28P01': ['DB_UNAVAILABLE', 'applicationDbLogin'],
  '28000': ['DB_UNAVAILABLE', 'applicationDbLogin'],
  '42501': ['DB_READ_ONLY', 'applicationDbRights'],
  '25006': ['DB_READ_ONLY', 'applicationDbRights'],
  '53100': ['DB_DISK_FULL', 'applicationDbFull'],
  '55P03': ['DB_BUSY', 'applicationDbBusy'],
  '57014': ['DB_BUSY', 'applicationDbBusy'],
  '40001': ['DB_BUSY', 'applicationDbBusy'],
  '40P01': ['DB_BUSY', 'applicationDbBusy'],
}

function translate(error: unknown, place: string): unknown {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const [ours, text] = answers[code] ?? []
  if (ours && text) return new AppError(ours, { text, details: { place }, cause: error })
  const reason = code === '' ? (error instanceof Error ? error.message : '') : code
  // A statement's own fault (class 22, 42 …) is ours; everything else says that the server cannot be used.
  if (/^(?:22|23|42)/.test(code)) return error
  return new AppError('DB_UNAVAILABLE', {
    text: 'applicationDbAway',
    details: { place, reason: reason.slice(0, 200) },
    cause: error,
  })
}

/** Every value as the server writes it: times keep their digits, flags are `t` and `f`. */
const asWritten = { getTypeParser: () => (value: string) => value } as unknown as NonNullable<
  ClientConfig['types']
>

async function configOf(place: PostgresPlace, password: string | null): Promise<ClientConfig> {
  const ca = place.caFile === null ? {} : { ca: await readFile(place.caFile, 'utf8') }
  return {
    host: place.host,
    port: place.port,
    database: place.database,
    ...(place.user === null ? {} : { user: place.user }),
    // Without one the library looks where PostgreSQL's own tools do: PGPASSWORD, then PGPASSFILE.
    ...(password === null ? {} : { password }),
    ssl: place.encryption === 'verify' ? { rejectUnauthorized: true, ...ca } : false,
    application_name: 'authdesk',
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    types: asWritten,
  }
}

function writingOn(client: Client): Writing {
  const ask = ({ sql, values }: Statement) => client.query<Record<string, string | null>>(sql, [...values])
  return {
    dialect: 'postgres',
    select: async (statement) => (await ask(statement)).rows satisfies Row[],
    change: async (statement) => (await ask(statement)).rowCount ?? 0,
  }
}

const readingOf = ({ dialect, select }: Writing): Reading => ({ dialect, select })

async function within<T>(
  client: Client,
  begin: readonly string[],
  work: (writing: Writing) => Promise<T>,
): Promise<T> {
  try {
    for (const sql of begin) await client.query(sql)
    const result = await work(writingOn(client))
    await client.query('COMMIT')
    return result
  } catch (error) {
    // The error that led here is the one to tell.
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** An application's PostgreSQL database. */
export function postgresDatabase(place: PostgresPlace, password: string | null): ApplicationDatabase {
  const name = placeText(place)
  const use = async <T>(begin: readonly string[], work: (writing: Writing) => Promise<T>): Promise<T> => {
    try {
      const { default: pg } = await import('pg')
      const client = new pg.Client(await configOf(place, password))
      // A connection that breaks is told by the statement that waits for it.
      client.on('error', () => undefined)
      await client.connect()
      try {
        return await within(client, begin, work)
      } finally {
        await client.end()
      }
    } catch (error) {
      throw translate(error, name)
    }
  }
  return {
    dialect: 'postgres',
    place: name,
    opened: place.opened,
    read: (work) =>
      use(['BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'], (writing) => work(readingOf(writing))),
    write: (work) => use(['BEGIN', "SET LOCAL lock_timeout = '5s'"], work),
  }
}
