import { isUtf8 } from 'node:buffer'
import { formatDn, isWithin, normaliseDn, parseDn } from './dn'
import type { Entry } from './entry'
import { comparable } from './filter-match'
import { fault } from './ldif-lines'
import type { LdifRecord, Modification, Rename } from './ldif-record'

/** Entries by normalised DN, in the order of the file. */
export type Entries = Map<string, Entry>

/** Carries a record out: a new entry, or a change of one that stands before it in the file. */
export function applyRecord(entries: Entries, record: LdifRecord): void {
  const name = normaliseDn(record.dn)
  if (record.kind === 'entry' || record.kind === 'add') {
    entries.set(name, { dn: record.dn, attributes: record.attributes })
    return
  }
  const entry = entries.get(name)
  if (!entry) return fault(record.line, 'ldifChanges')
  if (record.kind === 'delete') entries.delete(name)
  else if (record.kind === 'modify') entries.set(name, modified(entry, record.modifications))
  else rename(entries, record)
}

function modified(entry: Entry, modifications: readonly Modification[]): Entry {
  const attributes = new Map(entry.attributes)
  for (const modification of modifications) {
    const { attribute } = modification
    const values = changed(attributes.get(attribute) ?? [], modification)
    if (values.length === 0) attributes.delete(attribute)
    else attributes.set(attribute, values)
  }
  return { dn: entry.dn, attributes }
}

function changed(
  present: readonly Buffer[],
  { operation, attribute, values }: Modification,
): readonly Buffer[] {
  if (operation === 'replace') return values
  if (operation === 'add') return [...present, ...values]
  const form = (value: Buffer): string =>
    isUtf8(value) ? comparable(attribute, value.toString('utf8')) : value.toString('hex')
  const gone = new Set(values.map(form))
  return values.length === 0 ? [] : present.filter((value) => !gone.has(form(value)))
}

/** Everything below moves along. */
function rename(entries: Entries, record: Rename): void {
  const old = parseDn(record.dn)
  const above = record.newSuperior === null ? old.slice(1) : parseDn(record.newSuperior)
  const renamed = [...parseDn(record.newRdn), ...above]
  for (const [name, entry] of [...entries]) {
    if (!isWithin(entry.dn, record.dn)) continue
    const own = parseDn(entry.dn)
    const dn = formatDn([...own.slice(0, own.length - old.length), ...renamed])
    entries.delete(name)
    const attributes = own.length === old.length ? rdnValues(entry, record) : entry.attributes
    entries.set(normaliseDn(dn), { dn, attributes })
  }
}

function rdnValues(entry: Entry, record: Rename): Entry['attributes'] {
  const values = (dn: string, operation: Modification['operation']): Modification[] =>
    (parseDn(dn)[0] ?? []).map(({ type, value }) => ({
      ...{ operation, attribute: type.toLowerCase() },
      values: [Buffer.from(value, 'utf8')],
    }))
  const dropped = record.oldRdn === 'deleted' ? values(record.dn, 'delete') : []
  const added = values(record.newRdn, 'delete').concat(values(record.newRdn, 'add'))
  return modified(entry, [...dropped, ...added]).attributes
}
