import { AppError } from '../../contract/errors'
import type { ApplicationStatus } from '../../contract/application'
import type { AccountMapping } from './account-mapping'
import type { ApplicationDatabase, Reading } from './application-database'
import type { HandMapping } from './hand-mapping'
import { handMapping } from './mapped'
import { readShape, type Shape } from './schema-shape'
import { isKnownVersion, readVersion } from './schema-version'
import { timetrackerMapping } from './timetracker'
import { tududiMapping } from './tududi'
import { vikunjaMapping } from './vikunja'

export type ReadOnlyReason = NonNullable<ApplicationStatus['readOnly']>['reason']

export interface Recognised {
  readonly mapping: AccountMapping
  readonly version: string | null
  /** Why nothing may be written; null: everything that the mapping can. */
  readonly readOnly: ReadOnlyReason | null
}

/** Tables that a change touches: one with a trigger would change more than what is asked for. */
const written = (mapping: AccountMapping) => [
  mapping.table,
  ...(mapping.kind === 'tududi' ? ['Sessions'] : []),
  ...(mapping.kind === 'vikunja' ? ['sessions'] : []),
]

async function isServerReadOnly({ dialect, select }: Reading): Promise<boolean> {
  if (dialect === 'sqlite') return false
  const sql = `SELECT CASE WHEN pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'
    THEN '1' ELSE '0' END AS "no"`
  const [row] = await select({ sql, values: [] })
  return row?.['no'] === '1'
}

async function readOnlyReason(
  reading: Reading,
  found: { shape: Shape; mapping: AccountMapping; version: string | null },
  opened: ApplicationDatabase['opened'],
): Promise<ReadOnlyReason | null> {
  const { shape, mapping, version } = found
  if (mapping.kind !== 'mapped' && !isKnownVersion(mapping.kind, version)) return 'version'
  if (written(mapping).some((table) => shape.triggers.has(table))) return 'shape'
  if (opened === 'read-only') return 'opened'
  return (await isServerReadOnly(reading)) ? 'server' : null
}

function mappingOf(shape: Shape, hand: HandMapping | null): AccountMapping | null {
  if (hand) return handMapping(shape, hand)
  return timetrackerMapping(shape) ?? tududiMapping(shape) ?? vikunjaMapping(shape)
}

/** Whose tables these are, by their names and columns; `APP_NOT_RECOGNISED` where nobody's. */
export async function recogniseApplication(
  reading: Reading,
  database: Pick<ApplicationDatabase, 'opened' | 'place'>,
  hand: HandMapping | null,
): Promise<Recognised> {
  const shape = await readShape(reading)
  const mapping = mappingOf(shape, hand)
  if (!mapping) {
    const text = hand ? 'applicationNotAsMapped' : 'applicationNotRecognised'
    throw new AppError('APP_NOT_RECOGNISED', { text, details: { place: database.place } })
  }
  const version = mapping.kind === 'mapped' ? null : await readVersion(mapping.kind, reading)
  return {
    mapping,
    version,
    readOnly: await readOnlyReason(reading, { shape, mapping, version }, database.opened),
  }
}
