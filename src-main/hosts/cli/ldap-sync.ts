import { extname, resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { type Code } from '../../contract/errors'
import type { SyncCounts, SyncPreview, SyncRow } from '../../contract/sync'
import { handleOf } from './file-handle'
import { plain, type Outcome, type Style } from './output'
import type { Desk, Plan } from './perform'
import type { Act } from './run'

const plan: Plan = { migrations: 'apply', settings: 'required' }

const syncExamples = `
Without --apply nothing is changed. Accounts are disabled only after a whole answer, never deleted; more than a tenth of
the linked accounts (at most 20, at least 1) only with --max-removals.

Examples:
  authdesk ldap sync
  authdesk ldap sync --changes changes.csv
  authdesk ldap sync --apply --max-removals 40 --json
  authdesk ldap sync --against directory.ldif`

interface SyncOptions {
  readonly apply?: true
  readonly maxRemovals?: number
  readonly changes?: string
  readonly against?: string
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

function formatOf(file: string): 'csv' | 'json' {
  return extname(file).toLowerCase() === '.json' ? 'json' : 'csv'
}

async function skippedRows({ api }: Desk, preview: string) {
  const skipped: { dn: string; code: Code | null }[] = []
  let after: number | null = null
  do {
    const page: { rows: SyncRow[]; next: number | null } = await api.sync.rows({
      ...{ preview, actions: ['skip'], after, limit: 500 },
    })
    skipped.push(...page.rows.map(({ dn, code }) => ({ dn, code })))
    after = page.next
  } while (after !== null)
  return skipped
}

function countsText(counts: SyncCounts): string {
  return Object.entries(counts)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ')
}

function previewText(preview: SyncPreview, run: string | null | undefined, style: Style): string {
  const { completeness, code, counts, disablements, refusal, rolesCode, facets, entries } = preview
  const why = facets
    .filter((facet) => facet.code !== null)
    .map((facet) => `  ${facet.action}  ${facet.code ?? ''}  ${facet.count}`)
  const { planned, limit, enabledLinked } = disablements
  const cut =
    code === null ? [] : [style.red(`${completeness}: the directory was not read to its end [${code}]`)]
  const roles = rolesCode === null ? [] : [style.yellow(`roles stay as they are [${rolesCode}]`)]
  const valve =
    refusal === 'SYNC_TOO_MANY_REMOVALS'
      ? [style.yellow(`${planned} of ${enabledLinked} accounts would be disabled; the limit is ${limit}`)]
      : []
  const done =
    run === undefined ? 'a preview; --apply does it' : run === null ? 'nothing to do' : `run ${run}`
  return [`${entries} people read`, ...cut, ...roles, ...valve, countsText(counts), ...why, done]
    .map(plain)
    .join('\n')
}

async function sync(options: SyncOptions, desk: Desk): Promise<Outcome> {
  const { api, runId, addFile } = desk
  const against = await handleOf(options.against, desk)
  const preview = await api.sync.preview({ runId, against })
  if (options.changes !== undefined) {
    const file = resolve(options.changes)
    await api.sync.exportRows({ preview: preview.id, file: addFile(file), format: formatOf(file) })
  }
  const { completeness, counts, refusal } = preview
  const applied = options.apply ? await apply(options, desk, preview) : null
  const skipped = applied === null ? await skippedRows(desk, preview.id) : applied.skipped
  const run = applied?.run
  return {
    document: {
      ok: applied !== null || refusal === null,
      mode: applied === null ? 'preview' : 'apply',
      ...{ completeness, counts, skipped },
      ms: applied?.ms ?? Math.round(performance.now()),
      ...(run ? { runId: run } : {}),
      ...(applied === null && refusal !== null ? { refusal, code: preview.code } : {}),
    },
    text: (style) => previewText(preview, run, style),
  }
}

/** What is skipped is asked for before: an applied preview has no rows any more. */
async function apply({ maxRemovals }: SyncOptions, desk: Desk, { id }: SyncPreview) {
  const skipped = await skippedRows(desk, id)
  const { run } = await desk.api.sync.apply({
    runId: desk.runId,
    preview: id,
    maxRemovals: maxRemovals ?? null,
  })
  return { run, skipped, ms: Math.round(performance.now()) }
}

async function undo(run: string, { api }: Desk): Promise<Outcome> {
  const { counts, conflicts } = await api.sync.undo({ run })
  const lines = conflicts.map(
    ({ username, fields }) => `  ${plain(username)}: ${fields.join(', ')} changed since`,
  )
  const head = `${counts.restored} restored, ${counts.removed} removed, ${counts.conflict} in conflict`
  return {
    document: { ok: counts.conflict === 0, counts, conflicts },
    text: () => [head, ...lines].join('\n'),
  }
}

export function addSyncCommands(ldap: Command, act: Act): void {
  ldap
    .command('sync')
    .description('compare every person of the directory with the accounts; without --apply only a preview')
    .option('--apply', 'do it')
    .option('--max-removals <N>', 'let so many accounts be disabled', wholeNumber)
    .option('--changes <FILE>', 'write the list into a file that ends in .csv or .json')
    .option('--against <FILE.ldif>', 'read a file instead of a server')
    .addHelpText('after', syncExamples)
    .action((options: SyncOptions) => act(plan, (desk) => sync(options, desk)))
  ldap
    .command('undo')
    .argument('<run>', 'the run’s id, as ldap sync --apply says it')
    .description('give every account back what a sync changed')
    .addHelpText('after', '\nExample:\n  authdesk ldap undo 5b0c1f6e-9f0a-4f0e-8a55-0d8f4c3f2f1b')
    .action((run: string) => act(plan, (desk) => undo(run, desk)))
}
