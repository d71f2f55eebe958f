import { basename } from 'node:path'
import type { Contract } from '../../contract'
import { AppError, codeSchema } from '../../contract/errors'
import type { Handlers } from '../../contract/procedure'
import { syncRowSchema, type SyncRow, type SyncRun } from '../../contract/sync'
import { writeExport } from '../app/export-file'
import type { CallContext, Files } from '../app/ports'
import type { Rooms } from '../app/rooms'
import { csvLine } from '../csv/formula-safe'
import { applySync } from './apply'
import { previewSync } from './preview'
import { readScheduled } from './scheduled-store'
import type { Schedule } from './schedule'
import type { StoredRun } from './run-store'
import type { RowFilter, StoredRow } from './staging-store'
import { shownChanges } from './state-changes'
import type { SyncDeps } from './sync-deps'
import { undoSync } from './undo'

export interface SyncHandlerDeps extends SyncDeps {
  readonly rooms: SyncDeps['rooms'] & Pick<Rooms, 'database'>
  readonly schedule: Pick<Schedule, 'view'>
  readonly files: Pick<Files, 'path'>
  /** The demo's directory, which takes the server's place there. */
  readonly sample: { readonly handle: string } | null
}

export function createSyncHandlers(deps: SyncHandlerDeps): Handlers<Contract['sync'], CallContext> {
  return {
    preview: async ({ runId, against, links }, context) => {
      const path = pathOf(deps, against ?? deps.sample?.handle ?? null)
      const { ldap } = await deps.settings()
      const target =
        path === null ? ldap.servers.map(({ host, port }) => `${host}:${port}`).join(' ') : basename(path)
      context.audit.note({ target })
      const preview = await previewSync(deps, { runId, against: path, links }, context)
      const { completeness, code, counts } = preview
      context.audit.note({ target, after: { completeness, code, ...counts } })
      return preview
    },
    current: async () => ({ preview: (await deps.runs.preview(null))?.summary ?? null }),
    rows: async ({ preview, after, limit, ...filter }) => {
      await requirePreview(deps, preview)
      const found = await deps.planned.page(filter, { after: after ?? 0, limit })
      const next = found.length === limit ? (found.at(-1)?.position ?? null) : null
      return { rows: found.map(rowOf), next, total: await deps.planned.count(filter) }
    },
    exportRows: (input, context) => exportRows(deps, input, context),
    apply: (input, context) => applySync(deps, input, context),
    runs: async ({ after, limit }) => {
      const runs = await deps.runs.runs(after, limit)
      return { runs: runs.map(runOf), next: runs.length === limit ? (runs.at(-1)?.id ?? null) : null }
    },
    changes: async ({ run, after, limit }) => {
      if (!(await deps.runs.run(run))) throw new AppError('NOT_FOUND', { details: { run } })
      const found = await deps.runs.changes(run, { after: after ?? -1, limit })
      const rows = found.map(({ before, after: left, ...row }) => ({
        ...row,
        changes: shownChanges(before, left),
      }))
      return { rows, next: found.length === limit ? (found.at(-1)?.position ?? null) : null }
    },
    undo: ({ run }, context) => undoSync(deps, run, context),
    schedule: async () => ({
      ...(await deps.schedule.view()),
      ...(await readScheduled(deps.rooms.database)),
    }),
  }
}

interface ExportInput extends RowFilter {
  readonly preview: string
  readonly file: string
  readonly format: 'csv' | 'json'
}

/** Writes rows of the newest preview into a chosen file. */
async function exportRows(
  deps: SyncHandlerDeps,
  { preview, file, format, ...filter }: ExportInput,
  { audit, signal }: CallContext,
) {
  await requirePreview(deps, preview)
  const path = pathOf(deps, file) ?? ''
  audit.note({ target: path })
  let rows = 0
  const counted = async function* () {
    for await (const row of allRows(deps, filter, signal)) {
      rows += 1
      yield row
    }
  }
  const bytes = await writeExport(path, pieces(counted(), format))
  audit.note({ target: path, after: { rows, format } })
  return { file: path, rows, bytes }
}

function pathOf({ files }: SyncHandlerDeps, handle: string | null): string | null {
  if (handle === null) return null
  const path = files.path(handle)
  if (path === null) throw new AppError('NOT_FOUND', { text: 'fileNotChosen' })
  return path
}

/** A preview that another took the place of has no rows any more. */
async function requirePreview({ runs }: SyncHandlerDeps, id: string): Promise<void> {
  if (!(await runs.preview(id))) throw new AppError('NOT_FOUND', { details: { preview: id } })
}

function rowOf({ code, ...row }: StoredRow): SyncRow {
  return syncRowSchema.parse({ ...row, code: code === null ? null : codeSchema.parse(code) })
}

function runOf({ summary, id, directory, actor, startedAt, finishedAt, undoneAt }: StoredRun): SyncRun {
  return {
    id,
    directory,
    actor,
    counts: summary.counts,
    startedAt,
    finishedAt: finishedAt ?? startedAt,
    undoneAt,
  }
}

const pageSize = 500

async function* allRows(
  { planned }: SyncHandlerDeps,
  filter: RowFilter,
  signal: AbortSignal,
): AsyncGenerator<SyncRow> {
  for (let after = 0; ;) {
    if (signal.aborted) throw new AppError('CANCELLED')
    const page = await planned.page(filter, { after, limit: pageSize })
    const last = page.at(-1)
    if (!last) return
    yield* page.map(rowOf)
    after = last.position
  }
}

const columns = ['dn', 'username', 'action', 'code', 'field', 'before', 'after'] as const

/** In CSV a line for each changed field, in JSON an object for each entry. */
async function* pieces(rows: AsyncIterable<SyncRow>, format: 'csv' | 'json') {
  yield format === 'csv' ? csvLine(columns) : '['
  let separator = '\n'
  for await (const row of rows) {
    if (format === 'csv') yield csvLines(row)
    else yield separator + JSON.stringify(row)
    separator = ',\n'
  }
  if (format === 'json') yield '\n]\n'
}

function csvLines({ dn, username, action, code, changes }: SyncRow): string {
  const none = [{ field: null, before: null, after: null }]
  return (changes.length === 0 ? none : changes)
    .map(({ field, before, after }) => csvLine([dn, username, action, code, field, before, after]))
    .join('')
}
