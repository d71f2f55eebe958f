import type { LdapStageId, Stage } from '../../contract/stages'
import { AppError } from '../../contract/errors'
import type { DirectoryPerson, LdapSettings } from '../app/ports'
import { isBlank, type Bound } from './connect'
import { withDeadline } from './deadline'
import { decisionStage } from './decision-stage'
import { baseStage, groupsStage, usersStage, type DirectoryRun } from './directory-stages'
import type { Entry } from './entry'
import { obstacle, skipped, type LadderContext, type StageRun } from './ladder'
import { readLockout, type Lockout } from './lockout-counter'
import { mapPerson } from './person-mapping'
import { mappingStage, membershipStage, userbindStage, userStage, type PersonRun } from './person-stages'
import { row } from './stage-evidence'

/** One run of the ladder; its stages are added as they end. */
export interface Climb {
  readonly settings: LdapSettings
  readonly context: LadderContext
  readonly user: string | null
  readonly password: string | null
  readonly source: 'network' | 'file'
  /** A question of its own, which ends with the network's stages. */
  readonly probe: 'empty-password' | null
  readonly stages: Stage[]
}

/** A directory that can be searched; a file has nothing that a person could sign in to. */
export interface Opened {
  readonly directory: DirectoryRun
  readonly bound: Bound | null
  /** The directory's identity. */
  readonly name: string
}

/** The stages from `base` on, the same for a server and for a file. */
export async function climbDirectory(climb: Climb, opened: Opened | null): Promise<DirectoryPerson | null> {
  if (!opened) {
    for (const id of plannedStages(climb)) skip(climb, id, obstacle(id, climb.stages) ?? 'config')
    return null
  }
  const { directory } = opened
  await step(climb, 'base', () => baseStage(directory))
  await step(climb, 'users', () => usersStage(directory))
  const groups = await step(climb, 'groups', () => groupsStage(directory))
  if (climb.user === null) return null
  const run: PersonRun = { ...directory, user: climb.user, now: climb.context.now }
  const entry = await step(climb, 'user', () => userStage(run))
  const found = entry && groups ? { entry, groups } : null
  const member = await step(climb, 'membership', () =>
    found ? membershipStage(run, found.entry, found.groups) : never('membership'),
  )
  if (climb.password !== null) await passwordStep(climb, { run, entry, bound: opened.bound })
  const roles = member?.roles ?? null
  const known = { directory: opened.name, roles }
  const person = await step(climb, 'mapping', () =>
    entry ? mappingStage(run, entry, known) : never('mapping'),
  )
  await decide(climb, run.user, { entry, roles })
  return person ?? (entry && mapPerson(entry, climb.settings, known))
}

function plannedStages(climb: Climb): readonly LdapStageId[] {
  const always = ['base', 'users', 'groups'] as const
  if (climb.user === null) return always
  const bind = climb.password === null ? [] : (['userbind'] as const)
  return [...always, 'user', 'membership', ...bind, 'mapping', 'decision']
}

function never(id: LdapStageId): never {
  throw new Error(`The stage ${id} ran without what it depends on.`)
}

function skip(climb: Climb, id: LdapStageId, because: LdapStageId): void {
  const [first] = climb.stages.filter((stage) => stage.status === 'failed')
  climb.stages.push(
    skipped(climb.context, id, id === 'decision' && first ? (first.id as LdapStageId) : because),
  )
}

/** Runs a stage unless one that it depends on did not succeed. */
async function step<T>(climb: Climb, id: LdapStageId, work: () => Promise<StageRun<T>>): Promise<T | null> {
  const because = obstacle(id, climb.stages)
  if (because) {
    skip(climb, id, because)
    return null
  }
  const done = await work()
  climb.stages.push(done.stage)
  return done.value
}

function fileCannotBind(context: LadderContext): Stage {
  const stage: Stage = {
    ...{ id: 'userbind', status: 'skipped', code: null, ms: 0, detail: [], next: null },
    summary: context.texts('ldap.passed.userbindFile'),
  }
  context.onStage('userbind', stage)
  return stage
}

/** The directory's own counter; what cannot be read keeps nobody from testing. */
function lockoutOf(run: PersonRun, entry: Entry): Promise<Lockout> {
  const { connection, rootDse, settings, now, context } = run
  const account = { entry, rootDse, baseDn: settings.baseDn, now }
  return withDeadline(context, (signal) => readLockout(connection, account, signal)).catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code !== 'CANCELLED') return { state: 'unknown' }
      throw error
    },
  )
}

/** One more wrong password would lock the account: a test is not worth that. */
function heldBack(context: LadderContext, lockout: Extract<Lockout, { state: 'last' }>): Stage {
  const { texts } = context
  const counted = { failures: lockout.failures, threshold: lockout.threshold }
  const stage: Stage = {
    ...{ id: 'userbind', status: 'skipped', code: null, ms: 0 },
    summary: texts('ldap.passed.userbindHeld'),
    detail: [row(texts, 'lockout', texts('ldap.lockout.last', counted))],
    next: texts('ldap.lockout.next'),
  }
  context.onStage('userbind', stage)
  return stage
}

async function passwordStep(
  climb: Climb,
  what: { readonly run: PersonRun; readonly entry: Entry | null; readonly bound: Bound | null },
): Promise<void> {
  const { entry, bound, run } = what
  const password = climb.password ?? ''
  if (entry && !bound) {
    climb.stages.push(fileCannotBind(climb.context))
    return
  }
  const asked = entry && bound && !obstacle('userbind', climb.stages) && !isBlank(password)
  const lockout: Lockout = asked ? await lockoutOf(run, entry) : { state: 'unknown' }
  if (lockout.state === 'last') {
    climb.stages.push(heldBack(climb.context, lockout))
    return
  }
  await step(climb, 'userbind', () =>
    entry && bound ? userbindStage(run, bound, { entry, password, lockout }) : never('userbind'),
  )
}

async function decide(
  climb: Climb,
  user: string,
  known: { readonly entry: Entry | null; readonly roles: DirectoryPerson['roles'] },
): Promise<void> {
  const { settings, stages, context } = climb
  const { now } = context
  const mapping = settings.roleGroups.length > 0 ? 'configured' : 'none'
  const { requiredGroup } = settings
  stages.push(await decisionStage(context, { user, stages, mapping, requiredGroup, now, ...known }))
}
