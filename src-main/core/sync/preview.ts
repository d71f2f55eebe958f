import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { AppError, type Code } from '../../contract/errors'
import { codeSchema } from '../../contract/errors'
import type { SyncCounts, SyncPreview } from '../../contract/sync'
import { actorName } from '../app/call-audit'
import type { CallContext, LdapSettings } from '../app/ports'
import type { OpenPeople, PeopleReading } from '../ldap/read-people'
import { keepLastAdmin } from './keep-last-admin'
import { goneRow, plannedRow } from './planned-row'
import { createProgress } from './progress'
import { applyRefusal, removalLimit } from './safety-valve'
import { stagePages } from './stage-pages'
import type { SeenAccount, StagedEntry } from './staging-store'
import { alone, type SyncDeps } from './sync-deps'
import { planEntry, type SyncFacts } from './sync-plan'

export interface PreviewInput {
  readonly runId: string
  /** The path of an LDIF file that takes the server's place. */
  readonly against: string | null
  readonly links: 'reviewed' | 'unseen'
}

interface Run {
  readonly deps: SyncDeps
  readonly id: string
  readonly ldap: LdapSettings
  readonly input: PreviewInput
  readonly context: CallContext
}

/** How far the directory was read. */
type Read = Pick<SyncPreview, 'directory' | 'completeness' | 'code' | 'rolesCode'>

/** So many entries are planned at a time. */
const chunk = 4000

/** Reads everybody into the staging table and plans each; no account is changed. */
export function previewSync(deps: SyncDeps, input: PreviewInput, context: CallContext): Promise<SyncPreview> {
  return alone(deps, async (id) => {
    const { ldap } = await deps.settings()
    const run: Run = { deps, id, ldap, input, context }
    await deps.rooms.transaction((tx) => deps.staging.clearStaged(tx))
    const { signal } = context
    const read = await deps.readPeople({ settings: ldap, against: input.against, signal }, (open) =>
      stageAll(run, open),
    )
    if (signal.aborted) throw new AppError('CANCELLED')
    await deps.rooms.transaction((tx) => deps.staging.clearPlanned(tx))
    if (read.completeness !== 'failed') await planAll(run, read)
    const preview = await summary(run, read)
    await deps.rooms.transaction((tx) => deps.runs.savePreview(tx, preview, actorName(context.actor)))
    return preview
  })
}

/** What fails on the way cuts the read short; what fails before the first person was asked for lets it fail. */
async function stageAll(run: Run, open: OpenPeople): Promise<Read> {
  let reading: PeopleReading | null = null
  try {
    reading = await open()
    await stagePages(run, reading)
    const { directory, rolesCode } = reading
    return { directory, rolesCode, completeness: 'complete', code: null }
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('LDAP_')) throw error
    const completeness = reading ? 'partial' : 'failed'
    const { directory = '', rolesCode = null } = reading ?? {}
    return { directory, rolesCode, completeness, code: error.code }
  }
}

async function planAll(run: Run, read: Read): Promise<void> {
  const { deps, context } = run
  const { staging, rooms } = deps
  const total = await staging.staged()
  const progress = createProgress(run, { phase: 'planning', expected: total })
  let after = 0
  for (;;) {
    if (context.signal.aborted) throw new AppError('CANCELLED')
    const entries = await staging.entries(read.directory, { after, limit: chunk })
    const last = entries.at(-1)
    if (!last) break
    const rows = await planChunk(run, read.directory, entries)
    if (rows.length > 0) await rooms.transaction((tx) => staging.plan(tx, rows))
    after = last.position
    progress.reached(after)
  }
  if (read.completeness === 'complete' && total > 0) await planGone(run, read.directory, total)
  await rooms.transaction((tx) => staging.refuseSharedLinks(tx))
  await keepLastAdmin(deps)
}

async function planChunk({ deps, ldap, input }: Run, directory: string, entries: readonly StagedEntry[]) {
  const ids = new Set(
    entries.flatMap(({ owner, named, sameEmail }) => [
      owner,
      named === 'reserved' ? null : named,
      ...sameEmail,
    ]),
  )
  const known = [...ids].filter((id) => id !== null)
  const found = known.length === 0 ? [] : await deps.staging.accounts(directory, known)
  const accounts = new Map(found.map((account) => [account.id, account]))
  const links = input.links === 'reviewed' ? 'reviewed' : 'untrusted'
  const email = ldap.emailTrusted ? 'trusted' : links
  return entries.flatMap((entry) => {
    const planned = planEntry(entry, factsOf(entry, accounts, email))
    const account = planned.accountId === null ? null : (accounts.get(planned.accountId) ?? null)
    return plannedRow(entry, planned, { account, newId: randomUUID() }) ?? []
  })
}

function factsOf(
  { owner, named, sameEmail, twins }: StagedEntry,
  accounts: ReadonlyMap<string, SeenAccount>,
  email: SyncFacts['email'],
): SyncFacts {
  const account = (id: string | null) => (id === null ? null : (accounts.get(id) ?? null))
  return {
    owner: account(owner),
    named: named === 'reserved' ? named : account(named),
    sameEmail: sameEmail.flatMap((id) => account(id) ?? []),
    ...{ twins, email },
  }
}

/** Only a whole answer says who is gone. */
async function planGone({ deps }: Run, directory: string, total: number): Promise<void> {
  const gone = await deps.staging.gone(directory)
  for (let at = 0; at < gone.length; at += chunk) {
    const rows = gone.slice(at, at + chunk).map((account, index) => goneRow(total + 1 + at + index, account))
    await deps.rooms.transaction((tx) => deps.staging.plan(tx, rows))
  }
}

async function summary({ deps, id, input }: Run, read: Read): Promise<SyncPreview> {
  const { staging, planned, clock } = deps
  const entries = await staging.staged()
  const facets = (await planned.facets()).map((facet) => ({ ...facet, code: codeOf(facet.code) }))
  const sum = (wanted: (facet: SyncPreview['facets'][number]) => boolean) =>
    facets.filter(wanted).reduce((total, { count }) => total + count, 0)
  const enabledLinked = await staging.enabledLinked(read.directory)
  const disablements = sum(({ action }) => action === 'disable')
  const gone = sum(({ action, code }) => action === 'disable' && code === 'LDAP_USER_NOT_FOUND')
  const of = (...actions: string[]) => sum(({ action }) => actions.includes(action))
  const counts: SyncCounts = {
    ...{ create: of('create'), link: of('link'), update: of('update', 'enable'), disable: disablements },
    unchanged: entries - sum(() => true) + gone,
    ...{ skip: of('skip'), conflict: of('conflict') },
  }
  const { completeness } = read
  return {
    ...{ id, ...read, entries, counts, facets },
    against: input.against === null ? null : basename(input.against),
    disablements: { planned: disablements, limit: removalLimit(enabledLinked), enabledLinked },
    refusal: applyRefusal({ completeness, entries, disablements, enabledLinked, allowed: null }),
    readAt: clock.now().toISOString(),
  }
}

function codeOf(code: string | null): Code | null {
  return code === null ? null : codeSchema.parse(code)
}
