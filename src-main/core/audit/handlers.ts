import type { Contract } from '../../contract'
import type { AuditRecordView } from '../../contract/audit'
import { AppError } from '../../contract/errors'
import type { Handlers } from '../../contract/procedure'
import { writeExport } from '../app/export-file'
import type { CallContext, Files } from '../app/ports'
import { detailsColumn } from '../db/sql'
import type { ChainedRecord } from './audit-chain'
import { exportPieces } from './audit-export'
import { headOf } from './audit-head-file'
import type { AuditLog } from './audit-log'
import { countedTo, type AuditQueryStore } from './audit-query-store'
import type { ChainWatch } from './chain-watch'

export interface AuditHandlersDeps {
  readonly log: AuditLog
  readonly store: AuditQueryStore
  readonly watch: ChainWatch
  readonly files: Pick<Files, 'path'>
}

const content = (text: string | null) => (text === null ? null : detailsColumn.parse(text))

function viewOf(record: ChainedRecord): AuditRecordView {
  const { sequence, phase, at, actor, osUser, host, action, target, account, code, reason, hash } = record
  return {
    ...{ sequence, phase, at, actor, osUser, host, action, target, account, code, reason, hash },
    ...{ before: content(record.before), after: content(record.after) },
  }
}

export function createAuditHandlers(deps: AuditHandlersDeps): Handlers<Contract['audit'], CallContext> {
  const { log, store, watch, files } = deps
  return {
    list: async ({ after, limit, ...filter }) => {
      const rows = await store.page(filter, { after, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const next = rows.length > limit ? (shown.at(-1)?.sequence ?? null) : null
      return { records: shown.map(viewOf), next, total: await store.count(filter), countedTo }
    },
    get: async ({ sequence }) => {
      const record = await store.one(sequence)
      if (!record) throw new AppError('NOT_FOUND', { details: { sequence } })
      return viewOf(record)
    },
    failures: async (asked) => ({ failures: await store.failures(asked) }),
    state: async () => {
      const [head, anchor, intents] = [await log.head(), await log.anchor(), await log.openIntents()]
      return {
        head,
        prunedTo: anchor.sequence === 0 ? null : anchor.sequence,
        openIntents: intents.map(({ id, ...intent }) => ({ sequence: Number(id), ...intent })),
        checked: watch.current(),
      }
    },
    check: () => {
      watch.start()
      return Promise.resolve({})
    },
    verify: ({ head }, { signal }) => log.verify({ expected: head === null ? null : headOf(head), signal }),
    export: async ({ file, format, ...filter }, { audit, signal }) => {
      const path = files.path(file)
      if (path === null) throw new AppError('NOT_FOUND', { text: 'fileNotChosen' })
      const head = await log.head()
      let records = 0
      const onRecord = () => (records += 1)
      const bytes = await writeExport(path, exportPieces(store, { filter, format, head, onRecord, signal }))
      audit.note({ target: path, after: { records, format, headSequence: head.sequence } })
      return { file: path, records, bytes, head }
    },
  }
}
