import { performance } from 'node:perf_hooks'
import { AppError, type Code } from '../../contract/errors'
import { ldapStages, type LdapStageId, type Stage } from '../../contract/stages'
import { titleOf, type Texts } from '../app/texts'
import type { Facets } from '../diagnostics/facets'
import { withDeadline } from './deadline'
import { describeFailure, type Row } from './stage-evidence'

/** What a stage that did its work has to say. */
export interface Outcome<T> {
  readonly value: T
  readonly summary: string
  readonly detail: readonly Row[]
  /** Something is to be seen to, although the stage did its work. */
  readonly warning?: Code
}

export interface StageRun<T> {
  readonly stage: Stage
  readonly value: T | null
  readonly error: AppError | null
}

export interface LadderContext {
  readonly texts: Texts
  readonly signal: AbortSignal
  readonly now: Date
  /** Milliseconds that one stage may take. */
  readonly ms: number
  readonly onStage: (id: LdapStageId, stage: Stage | null) => void
  /** Awaited before a password leaves this computer. */
  readonly beforeCredentials: () => Promise<void>
  /** What can be different the next time, as it is found. */
  readonly saw: (facets: Facets) => void
}

export interface StageWork<T> {
  readonly id: LdapStageId
  /** What was asked of whom. */
  readonly asked: string
  readonly work: (signal: AbortSignal) => Promise<Outcome<T>>
  /** A stage that nothing else needs is no reason to stop. */
  readonly atWorst?: 'warning'
}

/** Runs one stage within its deadline and reports its start and its end. Only a cancellation comes out as an error. */
export async function runStage<T>(context: LadderContext, what: StageWork<T>): Promise<StageRun<T>> {
  context.onStage(what.id, null)
  const started = performance.now()
  const run = await attempt(context, what)
  const ms = Math.round(performance.now() - started)
  const asked = { label: context.texts('ldap.label.asked'), value: what.asked }
  const stage = { ...run.stage, ms, detail: [asked, ...run.stage.detail] }
  context.onStage(what.id, stage)
  return { ...run, stage }
}

async function attempt<T>(context: LadderContext, what: StageWork<T>): Promise<StageRun<T>> {
  try {
    const outcome = await withDeadline(context, what.work)
    return { stage: succeeded(context.texts, what.id, outcome), value: outcome.value, error: null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'CANCELLED') throw error
    const stage = failed(context.texts, what.id, error)
    return { stage: what.atWorst ? { ...stage, status: what.atWorst } : stage, value: null, error }
  }
}

function succeeded(texts: Texts, id: LdapStageId, outcome: Outcome<unknown>): Stage {
  const code = outcome.warning ?? null
  return {
    id,
    status: code === null ? 'passed' : 'warning',
    code,
    ms: 0,
    summary: outcome.summary,
    detail: [...outcome.detail],
    next: code === null ? null : texts(`codes.${code}.next`),
  }
}

export function failed(texts: Texts, id: LdapStageId, error: AppError): Stage {
  return {
    id,
    status: 'failed',
    code: error.code,
    ms: 0,
    summary: titleOf(texts, error.code),
    detail: describeFailure(texts, error.details),
    next: texts(`codes.${error.code}.next`),
  }
}

/** The stage that keeps another from running: the first of those it depends on that failed or was itself skipped. */
export function obstacle(id: LdapStageId, stages: readonly Stage[]): LdapStageId | null {
  const needed: readonly LdapStageId[] = ldapStages[id]
  const stuck = needed.find((need) =>
    stages.some((stage) => stage.id === need && (stage.status === 'failed' || stage.status === 'skipped')),
  )
  return stuck ?? null
}

export function skipped(context: LadderContext, id: LdapStageId, because: LdapStageId): Stage {
  const summary = context.texts('ldap.skipped', { stage: because })
  const stage: Stage = { id, status: 'skipped', code: null, ms: 0, summary, detail: [], next: null, because }
  context.onStage(id, stage)
  return stage
}
