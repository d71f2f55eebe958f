import { AppError } from '../../contract/errors'
import type { Entry } from './entry'
import { applyRecord, type Entries } from './ldif-changes'
import { entryOf, type LdifFile, type Place } from './ldif-file'
import { fault, readRecords, type RecordLines } from './ldif-lines'
import { createEntryNames } from './ldif-name'
import { toRecord, type LdifRecord } from './ldif-record'

/** Where an entry is: in the file, or in memory where the file changes it. */
export interface Row extends Place {
  /** Normalised. */
  readonly name: string
  /** Its object classes in lower case, one set for all entries that have the same; null where it is in memory. */
  readonly classes: ReadonlySet<string> | null
  readonly entry: Entry | null
}

/** Every entry by its normalised name, in the order of the file; what it holds stays there. */
export type LdifIndex = Map<string, Row>

interface Building {
  readonly file: LdifFile
  readonly rows: LdifIndex
  readonly nameOf: (dn: string) => string | null
  readonly classSets: Map<string, ReadonlySet<string>>
}

const everything = (): boolean => true
const isClass = (name: string): boolean => name === 'objectclass'

/**
 * Goes through the file once and checks all of it. Changes are carried out in its order; the entries that they touch
 * are kept in memory, and all of a file whose places cannot be told.
 */
export async function readIndex(file: LdifFile, signal: AbortSignal): Promise<LdifIndex> {
  const rows: LdifIndex = new Map()
  const building: Building = { file, rows, nameOf: createEntryNames(), classSets: new Map() }
  const keep = file.places === 'told' ? isClass : everything
  for await (const records of readRecords(file.chunks(), keep)) {
    if (signal.aborted) throw new AppError('CANCELLED')
    for (const lines of records) {
      const record = toRecord(lines.pairs, building.nameOf)
      if (record?.kind === 'entry' || record?.kind === 'add') put(building, record, lines)
      else if (record) await change(building, record, lines)
    }
  }
  return rows
}

function put(building: Building, record: LdifRecord, { at, end, line }: RecordLines): void {
  const { rows, file } = building
  const name = building.nameOf(record.dn) ?? ''
  const isInFile = file.places === 'told'
  const entry = isInFile ? null : entryOf(record)
  rows.set(name, { name, at, end, line, entry, classes: isInFile ? classesOf(building, record) : null })
}

function classesOf({ classSets }: Building, record: LdifRecord): ReadonlySet<string> {
  const values = entryOf(record).attributes.get('objectclass') ?? []
  const names = values.map((value) => value.toString('utf8').trim().toLowerCase())
  const key = names.join('\n')
  const known = classSets.get(key)
  if (known) return known
  const made: ReadonlySet<string> = new Set(names)
  classSets.set(key, made)
  return made
}

/** Of what stands before it in the file, and only of that. */
async function change(building: Building, record: LdifRecord, lines: RecordLines): Promise<void> {
  const { file, rows } = building
  const name = building.nameOf(record.dn) ?? ''
  if (!rows.has(name)) fault(record.line, 'ldifChanges')
  const touched = record.kind === 'rename' ? [...rows.values()].filter((row) => isBelow(row, name)) : []
  const entries: Entries = new Map()
  await file.reading(everything, async (read) => {
    for (const row of touched.length > 0 ? touched : [rows.get(name)]) {
      if (row) entries.set(row.name, row.entry ?? entryOf(await read(row)))
    }
    applyRecord(entries, file.places === 'told' ? await read(lines) : record)
  })
  for (const row of touched) rows.delete(row.name)
  rows.delete(name)
  for (const [key, entry] of entries) {
    rows.set(key, { name: key, entry, classes: null, at: 0, end: 0, line: record.line })
  }
}

const isBelow = (row: Row, name: string) => row.name === name || row.name.endsWith(`,${name}`)
