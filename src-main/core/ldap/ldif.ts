import type { Entry } from './entry'
import { fault, readRecords, type Chunks } from './ldif-lines'
import { toRecord, type LdifRecord } from './ldif-record'

/**
 * Reads records as RFC 2849 writes them, one after the other: entries and changes. Values by URL are refused: a file
 * must not make us open others. Secret attributes are dropped.
 */
export async function* readLdifRecords(chunks: Chunks): AsyncGenerator<LdifRecord> {
  for await (const records of readRecords(chunks, () => true)) {
    for (const { pairs } of records) {
      const record = toRecord(pairs)
      if (record) yield record
    }
  }
}

/** The entries of a file that has no changes but new entries; another change is refused with its line. */
export async function* readLdif(chunks: Chunks): AsyncGenerator<Entry> {
  for await (const record of readLdifRecords(chunks)) {
    if (record.kind !== 'entry' && record.kind !== 'add') return fault(record.line, 'ldifChanges')
    yield { dn: record.dn, attributes: record.attributes }
  }
}
