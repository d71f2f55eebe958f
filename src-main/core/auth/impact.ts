import { z } from 'zod'
import type { AuthMethod } from '../../contract/app'
import { impactChanges, type Impact, type ImpactChange, type ImpactPerson } from '../../contract/auth'
import { AppError } from '../../contract/errors'
import { writeExport } from '../app/export-file'
import type { CallContext, Files, Settings } from '../app/ports'
import { csvLine } from '../csv/formula-safe'
import { impactOf, wayIn, type Mode, type WayFacts } from './impact-policy'
import { factsOfClass, type ImpactRow, type ImpactStore } from './impact-store'

const pageSize = 500

export interface ImpactDeps {
  readonly store: ImpactStore
  readonly settings: () => Promise<Settings>
  readonly files: Pick<Files, 'path'>
}

const cursorSchema = z.tuple([z.string(), z.number().int()])

function placeOf(cursor: string): { sort: string; seq: number } {
  try {
    const [sort, seq] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { sort, seq }
  } catch (cause) {
    throw new AppError('INVALID_INPUT', { message: 'The paging cursor does not belong to this list.', cause })
  }
}
const cursorOf = ({ sort, seq }: ImpactRow) => Buffer.from(JSON.stringify([sort, seq])).toString('base64url')

/** OIDC is on in the new mode unless the settings switch it off by name. */
function modesOf(settings: Settings, method: AuthMethod): { from: Mode; to: Mode; issuers: string[] } {
  const usable = settings.oidc.filter(({ missing }) => missing.length === 0)
  const off = settings.views.some(({ name, value }) => name === 'OIDC_ENABLED' && value === 'false')
  return {
    from: { method: settings.method, providers: settings.oidcEnabled && usable.length > 0 },
    to: { method, providers: !off && usable.length > 0 },
    issuers: usable.map(({ issuer }) => issuer),
  }
}

/** Local administrators have their own way in every mode. */
const hasAdminWay = (facts: WayFacts, mode: Mode) =>
  facts.role === 'admin' &&
  !facts.disabled &&
  ((facts.provider === 'local' && facts.hasPassword) || wayIn(facts, mode).open)

/** Counts by class, so that it costs one pass however many accounts there are. */
async function judge(deps: ImpactDeps, method: AuthMethod) {
  const settings = await deps.settings()
  const modes = modesOf(settings, method)
  const classes = await deps.store.classes(modes.issuers)
  const judged = new Map(
    classes.map((row) => [row.class, impactOf(factsOfClass(row.class), modes.from, modes.to)]),
  )
  const sum = (test: (row: { class: number }) => boolean) =>
    classes.filter(test).reduce((total, { count }) => total + count, 0)
  const counts = Object.fromEntries(
    impactChanges.map((change) => [change, sum((row) => judged.get(row.class)?.change === change)]),
  ) as Record<ImpactChange, number>
  const admins = sum((row) => hasAdminWay(factsOfClass(row.class), modes.to))
  return { ...modes, from: settings.method, judged, counts, admins }
}
type Judged = Awaited<ReturnType<typeof judge>>

function wanted({ judged }: Judged, changes: readonly ImpactChange[]): number[] {
  const of = (change: ImpactChange) => changes.length === 0 || changes.includes(change)
  return [...judged].flatMap(([number, { change }]) => (of(change) ? [number] : []))
}

function personOf({ judged }: Judged, row: ImpactRow): ImpactPerson {
  const { change, code } = judged.get(row.class) ?? { change: 'without' as const, code: null }
  return { id: row.id, name: row.name, provider: row.provider, role: row.role, change, code }
}

export async function impact(
  deps: ImpactDeps,
  asked: { method: AuthMethod; changes: readonly ImpactChange[]; after: string | null; limit: number },
): Promise<Impact> {
  const found = await judge(deps, asked.method)
  const { issuers, from, counts, admins } = found
  const after = asked.after === null ? null : placeOf(asked.after)
  const classes = wanted(found, asked.changes)
  const rows = await deps.store.people({ issuers, classes, after, limit: asked.limit + 1 })
  const shown = rows.slice(0, asked.limit)
  const last = rows.length > asked.limit ? shown.at(-1) : undefined
  return {
    ...{ from, to: asked.method, counts, admins },
    people: shown.map((row) => personOf(found, row)),
    next: last ? cursorOf(last) : null,
  }
}

const columns = ['name', 'provider', 'role', 'change', 'code'] as const

/** The whole list in a file, page by page. */
export async function exportImpact(
  deps: ImpactDeps,
  asked: { method: AuthMethod; changes: readonly ImpactChange[]; file: string; format: 'csv' | 'json' },
  { audit, signal }: CallContext,
): Promise<{ file: string; people: number; bytes: number }> {
  const file = deps.files.path(asked.file)
  if (file === null) throw new AppError('NOT_FOUND', { text: 'fileNotChosen' })
  audit.note({ target: file })
  const { format } = asked
  const found = await judge(deps, asked.method)
  let people = 0
  async function* pieces() {
    yield format === 'csv' ? csvLine(columns) : '['
    let after: { sort: string; seq: number } | null = null
    for (;;) {
      signal.throwIfAborted()
      const { issuers } = found
      const rows: ImpactRow[] = await deps.store.people({
        issuers,
        classes: wanted(found, asked.changes),
        after,
        limit: pageSize,
      })
      for (const row of rows) {
        const person = personOf(found, row)
        const json = `${people === 0 ? '' : ','}\n${JSON.stringify(person)}`
        yield format === 'csv' ? csvLine(columns.map((column) => person[column])) : json
        people += 1
      }
      after = rows.at(-1) ?? null
      if (rows.length < pageSize || !after) break
    }
    if (format === 'json') yield '\n]\n'
  }
  const bytes = await writeExport(file, pieces())
  audit.note({ target: file, after: { method: asked.method, people, format } })
  return { file, people, bytes }
}
