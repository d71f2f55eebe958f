import { z } from 'zod'
import type { AuthMethod } from '../../contract/app'
import {
  applicationHazards,
  applicationProviders,
  applicationStates,
  type ApplicationExplanation,
  type ApplicationImpact,
} from '../../contract/application'
import { AppError } from '../../contract/errors'
import type { AccountMapping } from './account-mapping'
import { filled } from './account-mapping'
import { asDigit, from, idsOrder } from './account-query'
import { accountOf } from './account-row'
import type { Reading, Row } from './application-database'
import { idOf, lookAt, rowOf, type ApplicationSourceOptions } from './application-source'
import { methodsOf, openWays, safeWay, type RowFacts } from './application-ways'

const shownPeople = 200

/** The facts of a row as one text, by which the database groups. */
function classColumn(mapping: AccountMapping): string {
  const stored =
    mapping.storedProvider === null ? '1 = 0' : `LOWER(COALESCE(${mapping.storedProvider}, '')) = 'ldap'`
  const digits = [mapping.admin ?? '1 = 0', filled(mapping.hash), mapping.linked, stored].map(
    (condition) => `CAST(${asDigit(condition)} AS VARCHAR(1))`,
  )
  return [mapping.provider, mapping.state, ...digits].map((sql) => `(${sql})`).join(` || ' ' || `)
}

const digit = z.enum(['0', '1']).transform((value) => value === '1')
const classSchema = z.tuple([
  z.enum(applicationProviders),
  z.enum(applicationStates),
  digit,
  digit,
  digit,
  digit,
])

function factsOf(text: string | null): RowFacts {
  const [provider, state, admin, hasPassword, linked, storedLdap] = classSchema.parse((text ?? '').split(' '))
  return { provider, state, admin, hasPassword, linked, storedLdap }
}

function requireMethod({ kind }: AccountMapping, method: AuthMethod | null): AuthMethod {
  if (method === null) throw new AppError('CONFIG_INVALID')
  const methods = methodsOf[kind]
  if (!methods.includes(method))
    throw new AppError('INVALID_INPUT', {
      text: 'applicationMethod',
      details: { kind, method, methods: methods.join(', ') },
    })
  return method
}

interface Class {
  readonly key: string
  readonly facts: RowFacts
  readonly count: number
}

async function classesOf(reading: Reading, mapping: AccountMapping): Promise<Class[]> {
  const column = classColumn(mapping)
  const sql = `SELECT ${column} AS "key", COUNT(*) AS "n" ${from(mapping)} GROUP BY ${column}`
  const rows = await reading.select({ sql, values: [] })
  return rows.map((row) => ({
    ...{ key: row['key'] ?? '', facts: factsOf(row['key'] ?? null), count: Number(row['n'] ?? 0) },
  }))
}

type Change = 'keep' | 'lose' | 'gain' | 'without'

function changeOf(before: number, after: number): Change {
  if (before > 0) return after > 0 ? 'keep' : 'lose'
  return after > 0 ? 'gain' : 'without'
}

const sum = (classes: readonly Class[]) => classes.reduce((total, { count }) => total + count, 0)

async function peopleOf(
  reading: Reading,
  mapping: AccountMapping,
  changes: ReadonlyMap<string, Change>,
): Promise<{ people: ApplicationImpact['people']; more: boolean }> {
  const keys = [...changes].flatMap(([key, change]) => (change === 'lose' || change === 'gain' ? [key] : []))
  if (keys.length === 0) return { people: [], more: false }
  const column = classColumn(mapping)
  const list = keys.map((_, index) => `$${index + 1}`).join(', ')
  const sql = `SELECT ${mapping.id} AS "id", ${mapping.username} AS "username", ${column} AS "key" ${from(mapping)}
    WHERE ${column} IN (${list}) ${idsOrder(mapping)} LIMIT ${shownPeople + 1}`
  const rows = await reading.select({ sql, values: keys })
  const person = (row: Row) => {
    const { provider, admin } = factsOf(row['key'] ?? null)
    const change = changes.get(row['key'] ?? '') === 'gain' ? ('gain' as const) : ('lose' as const)
    return { id: row['id'] ?? '', username: row['username'] ?? '', provider, admin, change }
  }
  return { people: rows.slice(0, shownPeople).map(person), more: rows.length > shownPeople }
}

async function impactOf(
  options: ApplicationSourceOptions,
  reading: Reading,
  asked: AuthMethod,
): Promise<ApplicationImpact> {
  const { mapping } = await lookAt(options, reading)
  const [present, to] = [requireMethod(mapping, options.method), requireMethod(mapping, asked)]
  const ways = ({ facts }: Class, method: AuthMethod) => openWays(mapping.kind, facts, method)
  const classes = await classesOf(reading, mapping)
  const changes = new Map(
    classes.map((each) => [each.key, changeOf(ways(each, present).length, ways(each, to).length)]),
  )
  const counted = (change: Change) => sum(classes.filter(({ key }) => changes.get(key) === change))
  const after = classes.filter((each) => ways(each, to).length > 0)
  const hazards = applicationHazards.map((id) => ({
    id,
    message: options.texts(`application.hazards.${id}`),
    accounts: sum(classes.filter((each) => ways(each, to).some(({ hazard }) => hazard === id))),
  }))
  return {
    from: present,
    to,
    counts: {
      ...{ keep: counted('keep'), lose: counted('lose'), gain: counted('gain'), without: counted('without') },
    },
    admins: sum(after.filter(({ facts }) => facts.admin)),
    safe: sum(classes.filter(({ facts }) => safeWay(facts, to))),
    hazards: hazards.filter(({ accounts }) => accounts > 0),
    ...(await peopleOf(reading, mapping, changes)),
  }
}

async function explanationOf(
  options: ApplicationSourceOptions,
  reading: Reading,
  asked: { name: string; method: AuthMethod | null },
): Promise<ApplicationExplanation> {
  const found = await lookAt(options, reading)
  const { mapping } = found
  const method = requireMethod(mapping, asked.method ?? options.method)
  const id = await idOf(reading, found, asked.name)
  const account = accountOf(await rowOf(reading, found, id))
  const sql = `SELECT ${classColumn(mapping)} AS "key" ${from(mapping)} WHERE ${mapping.id} = $1`
  const [row] = await reading.select({ sql, values: [id] })
  const facts = factsOf(row?.['key'] ?? null)
  const { texts } = options
  return {
    account,
    method,
    ways: openWays(mapping.kind, facts, method).map(({ way, hazard }) => ({
      way,
      message: texts(`application.ways.${way}`),
      hazard: hazard && { id: hazard, message: texts(`application.hazards.${hazard}`) },
    })),
    safe: safeWay(facts, method),
  }
}

/** Who has a way in by the application's own rules, and what another mode would change. Nothing is written. */
export function createApplicationImpact(options: ApplicationSourceOptions) {
  return {
    impact: (method: AuthMethod) => options.database.read((reading) => impactOf(options, reading, method)),
    explain: (asked: { name: string; method: AuthMethod | null }) =>
      options.database.read((reading) => explanationOf(options, reading, asked)),
  }
}
