import { AppError } from '../../contract/errors'
import type { ImportRow } from '../../contract/accounts-import'
import type { CallContext, Files, Tx } from '../app/ports'
import { readImportFile } from './import-file'
import { planImport, type ImportAccount, type PlannedRow } from './import-plan'
import { foldName } from './folded-name'
import type { UserServiceDeps } from './user-service'

/** So many rows are one transaction: short enough that nobody waits for it. */
const chunk = 200

export interface ImportDeps extends Pick<UserServiceDeps, 'rooms' | 'clock'> {
  readonly files: Pick<Files, 'path'>
}

interface ImportInput {
  readonly file: string
  readonly format: 'csv' | 'json'
}

function pathOf(deps: ImportDeps, file: string): string {
  const path = deps.files.path(file)
  if (path === null) throw new AppError('NOT_FOUND', { text: 'fileNotChosen' })
  return path
}

async function plan(deps: ImportDeps, input: ImportInput) {
  const { rows, ignored, digest } = await readImportFile(pathOf(deps, input.file), input.format)
  const existing = await deps.rooms.users.existing(
    rows.map(({ values }) => foldName(values.username)),
    rows.map(({ values }) => foldName(values.email)),
  )
  return { planned: planImport(rows, existing), ignored: [...ignored], digest }
}

function countsOf(rows: readonly ImportRow[]) {
  const count = (action: ImportRow['action']) => rows.filter((row) => row.action === action).length
  return { create: count('create'), skip: count('skip'), refuse: count('refuse') }
}

const shown = ({ line, username, action, code, field, problem }: PlannedRow): ImportRow => ({
  ...{ line, username, action, code, field, problem },
})

export async function previewImport(deps: ImportDeps, input: ImportInput) {
  const { planned, ignored, digest } = await plan(deps, input)
  const rows = planned.map(shown)
  return { counts: countsOf(rows), rows, ignored, digest }
}

async function create(deps: ImportDeps, account: ImportAccount, call: { tx: Tx; context: CallContext }) {
  const { tx, context } = call
  const { users } = deps.rooms
  const { role, disabled, ...rest } = account
  const now = deps.clock.now()
  const grants = role === 'user' ? [] : [{ role, source: 'manual' }]
  const made = await users.insert(tx, { ...rest, passwordExpiresAt: null, grants }, now)
  if (disabled)
    await users.update(tx, made.id, {
      disabled: { at: now, source: 'manual', reason: 'imported as disabled' },
    })
  const { passwordHash, ...visible } = account
  const after = { ...visible, hasPassword: passwordHash !== null }
  await context.audit.record(tx, { target: made.username, accountId: made.id, after })
}

/** Makes one row's account; a name that was taken since the plan was made refuses the row, not the import. */
async function apply(
  deps: ImportDeps,
  row: PlannedRow,
  call: { tx: Tx; context: CallContext },
): Promise<ImportRow> {
  if (!row.account) return shown(row)
  try {
    await create(deps, row.account, call)
    return shown(row)
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== 'NAME_TAKEN' && error.code !== 'NAME_RESERVED'))
      throw error
    const problem = error.code === 'NAME_TAKEN' ? 'name-taken' : 'name-reserved'
    return { ...shown(row), action: 'refuse', code: error.code, field: 'username', problem }
  }
}

/** Makes the accounts of a file that was previewed; each with its audit record, in transactions of 200. */
export async function importUsers(
  deps: ImportDeps,
  input: ImportInput & { runId: string; digest: string },
  context: CallContext,
) {
  const target = pathOf(deps, input.file)
  context.audit.note({ target })
  const { planned, digest } = await plan(deps, input)
  if (digest !== input.digest) throw new AppError('CONFLICT', { text: 'importChanged' })
  const rows: ImportRow[] = []
  const done = () => {
    const counts = countsOf(rows)
    const cancelled = rows.length < planned.length
    context.audit.note({ target, after: { ...counts, cancelled } })
    return { counts, rows, cancelled }
  }
  for (let at = 0; at < planned.length && !context.signal.aborted; at += chunk) {
    const applied = await deps.rooms.transaction(async (tx) => {
      const results: ImportRow[] = []
      for (const row of planned.slice(at, at + chunk)) results.push(await apply(deps, row, { tx, context }))
      return results
    })
    rows.push(...applied)
    context.emit('users.progress', { runId: input.runId, done: rows.length, total: planned.length })
  }
  return done()
}
