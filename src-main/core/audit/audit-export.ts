import type { AuditFilter } from '../../contract/audit'
import { csvLine } from '../csv/formula-safe'
import type { AuditHead, ChainedRecord } from './audit-chain'
import type { AuditQueryStore } from './audit-query-store'

const pageSize = 1000

const fields = [
  ...([
    'sequence',
    'phase',
    'intent',
    'at',
    'actor',
    'osUser',
    'host',
    'action',
    'target',
    'account',
  ] as const),
  ...(['code', 'reason', 'before', 'after', 'previousHash', 'hash', 'mac'] as const),
]

async function* recordsOf(store: AuditQueryStore, filter: AuditFilter, last: number) {
  let after = 0
  for (;;) {
    const rows = await store.following(filter, { after, last, limit: pageSize })
    yield* rows
    const end = rows.at(-1)
    if (rows.length < pageSize || !end) return
    after = end.sequence
  }
}

export interface AuditExportOptions {
  readonly filter: AuditFilter
  readonly format: 'csv' | 'json'
  /** Where the chain ended when the export began; nothing behind it is exported. */
  readonly head: AuditHead
  readonly onRecord: () => void
  readonly signal: AbortSignal
}

async function* csvPieces(records: AsyncIterable<ChainedRecord>, head: AuditHead) {
  yield csvLine(fields)
  for await (const record of records) yield csvLine(fields.map((field) => record[field]))
  // The head is the last line, so that an export tells of a cut chain later.
  yield csvLine(
    fields.map((field) =>
      field === 'phase' ? 'head' : field === 'sequence' || field === 'hash' ? head[field] : null,
    ),
  )
}

async function* jsonPieces(records: AsyncIterable<ChainedRecord>, head: AuditHead) {
  yield `{"head":${JSON.stringify(head)},"records":[`
  let separator = '\n'
  for await (const record of records) {
    yield separator + JSON.stringify(record)
    separator = ',\n'
  }
  yield '\n]}\n'
}

/** The records of a filter, oldest first, as the pieces of a file. */
export function exportPieces(store: AuditQueryStore, options: AuditExportOptions): AsyncIterable<string> {
  const { filter, format, head, onRecord, signal } = options
  async function* counted() {
    for await (const record of recordsOf(store, filter, head.sequence)) {
      signal.throwIfAborted()
      onRecord()
      yield record
    }
  }
  return format === 'csv' ? csvPieces(counted(), head) : jsonPieces(counted(), head)
}
