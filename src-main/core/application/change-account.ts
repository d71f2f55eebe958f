import type { ApplicationAccount } from '../../contract/application'
import { AppError, type Details } from '../../contract/errors'
import type { CallContext, Tx } from '../app/ports'
import { refusalOf, type ApplicationAction } from './account-policy'
import { activeAdmin, from } from './account-query'
import { accountOf, backupOf, revisionOf } from './account-row'
import { quoted, type Reading, type Row, type Writing } from './application-database'
import { applicationHash } from './application-hash'
import {
  activeAdmins,
  countOf,
  lookAt,
  rowOf,
  type ApplicationSourceOptions,
  type Found,
} from './application-source'
import type { HashFormat } from './hand-mapping'

export interface ChangeDeps {
  readonly source: ApplicationSourceOptions
  /** The console's own database, where the audit is. */
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  readonly generatePassphrase: () => Promise<string>
}

export interface Target {
  readonly id: string
  readonly revision: string
  readonly reason: string | null
}

interface Change<T> {
  readonly action: ApplicationAction
  /** Columns and the SQL of their new values; `$2` … are `values`. */
  readonly assign: (found: Found) => { columns: Readonly<Record<string, string>>; values: readonly string[] }
  readonly also: (writing: Writing, found: Found) => Promise<{ outcome: T; after: Details }>
}

const alreadySo = { text: 'alreadySo' } as const

/**
 * PostgreSQL's rows are locked as they are read: all administrators first, always in one order, so that two who disable
 * each other wait instead of both going through. SQLite's transaction is alone already.
 */
async function lock(
  writing: Writing,
  found: Found,
  { id, action }: { id: string; action: ApplicationAction },
) {
  if (writing.dialect === 'sqlite') return
  const { mapping } = found
  const admins = action === 'disable' ? activeAdmin(mapping) : null
  const rows = (condition: string, values: readonly string[]) =>
    writing.select({
      sql: `SELECT ${mapping.id} AS "id" ${from(mapping)} WHERE ${condition} ORDER BY ${mapping.id} FOR UPDATE OF u`,
      values,
    })
  if (admins !== null) await rows(admins, [])
  await rows(`${mapping.id} = $1`, [id])
}

async function wholeRow(writing: Writing, { mapping }: Found, id: string): Promise<Row> {
  const [row] = await writing.select({
    sql: `SELECT u.* ${from(mapping)} WHERE ${mapping.id} = $1`,
    values: [id],
  })
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

async function update(
  writing: Writing,
  { mapping }: Found,
  {
    id,
    columns,
    values,
  }: { id: string; columns: Readonly<Record<string, string>>; values: readonly string[] },
): Promise<void> {
  const set = Object.entries(columns).map(([name, sql]) => `${quoted(name)} = ${sql}`)
  const key = mapping.id.replace(/^u\./, '')
  const sql = `UPDATE ${quoted(mapping.table)} SET ${set.join(', ')} WHERE ${key} = $1`
  const changed = await writing.change({ sql, values: [id, ...values] })
  if (changed !== 1) throw new AppError('CONFLICT', { text: 'applicationRowsChanged', details: { changed } })
}

/** The account as it is now and as it was shown, and that nothing refuses the action. */
async function requireAllowed(
  reading: Reading,
  found: Found,
  { target, action, context }: { target: Target; action: ApplicationAction; context: CallContext },
): Promise<ApplicationAccount> {
  const row = await rowOf(reading, found, target.id)
  const account = accountOf(row)
  context.audit.note({ target: account.username, reason: target.reason })
  const facts = {
    ...{ actor: context.actor, account, recognised: found.recognised },
    activeAdmins: await activeAdmins(reading, found),
  }
  const code = refusalOf(action, facts)
  if (code) throw new AppError(code, code === 'CONFLICT' ? alreadySo : {})
  if (revisionOf(row) !== target.revision) throw new AppError('CONFLICT', { text: 'applicationRowDiffers' })
  return account
}

/**
 * One action on one account, in one transaction of the application's database. The row's backup is in the console's
 * audit before that transaction ends; if it cannot be written there, nothing has happened here.
 */
async function changeAccount<T>(
  deps: ChangeDeps,
  { target, context }: { target: Target; context: CallContext },
  change: Change<T>,
): Promise<{ account: ApplicationAccount; outcome: T }> {
  const { database, profile } = deps.source
  // Who may not write at all is told so by what was read, before anything is opened for writing.
  await database.read(async (reading) => {
    const found = await lookAt(deps.source, reading)
    await requireAllowed(reading, found, { target, action: change.action, context })
  })
  return database.write(async (writing) => {
    const found = await lookAt(deps.source, writing)
    await lock(writing, found, { id: target.id, action: change.action })
    const before = await requireAllowed(writing, found, { target, action: change.action, context })
    const backup = backupOf(await wholeRow(writing, found, target.id))
    const assigned = change.assign(found)
    await update(writing, found, { id: target.id, ...assigned })
    const { outcome, after } = await change.also(writing, found)
    const account = accountOf(await rowOf(writing, found, target.id))
    await deps.transaction((tx) =>
      context.audit.record(tx, {
        target: before.username,
        reason: target.reason,
        before: {
          application: { profile, kind: found.mapping.kind, place: database.place, id: target.id },
          row: backup,
        },
        after: { columns: Object.keys(assigned.columns), state: account.state, ...after },
      }),
    )
    return { account, outcome }
  })
}

const hashesLookedAt = 50

/** The newest hashes of the application, which say how it writes them. */
async function hashesInUse(
  source: ApplicationSourceOptions,
): Promise<{ inUse: string[]; format: HashFormat | null }> {
  return source.database.read(async (reading) => {
    const { mapping } = await lookAt(source, reading)
    const sql = `SELECT ${mapping.hash} AS "hash" ${from(mapping)} WHERE ${mapping.hash} IS NOT NULL
      ORDER BY ${mapping.id} DESC LIMIT ${hashesLookedAt}`
    const rows = await reading.select({ sql, values: [] })
    return { inUse: rows.flatMap((row) => row['hash'] ?? []), format: mapping.password?.format ?? null }
  })
}

/** Sets a passphrase that is shown once, in the application's own format; its sessions end where they are known. */
export async function resetPassword(deps: ChangeDeps, target: Target, context: CallContext) {
  const { inUse, format } = await hashesInUse(deps.source)
  const passphrase = await deps.generatePassphrase()
  const hash = format === null ? '' : await applicationHash(passphrase, { format, inUse })
  const { account, outcome } = await changeAccount(
    deps,
    { target, context },
    {
      action: 'resetPassword',
      assign: ({ mapping: { password } }) => {
        if (password === null || hash === '') throw new AppError('APP_NOT_OFFERED')
        const flagged = password.mustChange === null ? {} : { [password.mustChange]: 'TRUE' }
        return { columns: { [password.column]: '$2', ...flagged }, values: [hash] }
      },
      also: async (writing, { mapping }) => {
        const { sessions, tokens, password } = mapping
        const sessionsEnded = sessions && (await writing.change({ sql: sessions.end, values: [target.id] }))
        const tokensLeft = tokens === null ? null : await countOf(writing, tokens, [target.id])
        const mustChange = typeof password?.mustChange === 'string'
        return { outcome: { sessionsEnded, tokensLeft, mustChange }, after: { sessionsEnded, mustChange } }
      },
    },
  )
  return { account, passphrase, ...outcome }
}

/** Switches an account off or on, and touches nothing else. */
export async function setEnabled(
  deps: ChangeDeps,
  { action, ...target }: Target & { action: 'enable' | 'disable' },
  context: CallContext,
): Promise<{ account: ApplicationAccount }> {
  const { account } = await changeAccount(
    deps,
    { target, context },
    {
      action,
      assign: ({ mapping: { enabling } }) => {
        if (enabling === null) throw new AppError('APP_NOT_OFFERED')
        return {
          columns: { [enabling.column]: action === 'disable' ? enabling.off : enabling.on },
          values: [],
        }
      },
      also: () => Promise.resolve({ outcome: null, after: {} }),
    },
  )
  return { account }
}
