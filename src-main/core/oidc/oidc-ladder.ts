import { AppError, type Code, type Details } from '../../contract/errors'
import type { OidcStageId, Stage } from '../../contract/stages'
import { titleOf, type Texts } from '../app/texts'
import { translateOidcError } from './oidc-errors'

export interface Evidence {
  readonly label: string
  readonly value: string
}

/** What a stage found; a fault is thrown as an `AppError` or returned with its evidence. */
export interface Finding {
  readonly status: 'passed' | 'warning' | 'failed'
  readonly code?: Code
  readonly summary: string
  readonly detail?: readonly Evidence[]
  /** Better advice than the code's own. */
  readonly next?: string
}

export type Check = (signal: AbortSignal) => Promise<Finding> | Finding
export type OidcChecks = Readonly<Record<OidcStageId, Check>>

/** The stages in order, each with those it depends on. */
export type Rungs<Id extends string> = Readonly<Record<Id, readonly Id[]>>

export interface LadderOptions<Id extends string> {
  readonly signal: AbortSignal
  /** For each stage, in milliseconds. */
  readonly deadline: (id: Id) => number
  readonly texts: Texts
  readonly onStage: (id: Id, stage: Stage | null) => void
  /** What this provider's product needs for a code; null where nothing is known of it. */
  readonly adviceOn?: (code: Code) => string | null
}

/** All stages in order; one whose dependency did not pass is skipped. Cancelling ends it at once. */
export async function runOidcLadder<Id extends string>(
  rungs: Rungs<Id>,
  checks: Readonly<Record<Id, Check>>,
  options: LadderOptions<Id>,
): Promise<Stage[]> {
  const done = new Map<Id, Stage>()
  for (const id of Object.keys(rungs) as Id[]) {
    if (options.signal.aborted) throw new AppError('CANCELLED')
    const because = rungs[id].find((needed) => !isSound(done.get(needed)))
    const stage =
      because === undefined ? await run(checks[id], id, options) : skipped(id, because, options.texts)
    done.set(id, stage)
    options.onStage(id, stage)
  }
  return [...done.values()]
}

export function isSound(stage: Stage | undefined): boolean {
  return stage?.status === 'passed' || stage?.status === 'warning'
}

function skipped(id: string, because: string, t: Texts): Stage {
  const summary = t('oidc.stage.skipped', { because })
  return { id, status: 'skipped', code: null, ms: 0, summary, detail: [], next: null, because }
}

async function run<Id extends string>(check: Check, id: Id, options: LadderOptions<Id>): Promise<Stage> {
  options.onStage(id, null)
  const started = performance.now()
  const limits = { signal: options.signal, deadline: options.deadline(id) }
  const finding = await withinDeadline(check, limits).catch((error: unknown) => {
    if (options.signal.aborted) throw new AppError('CANCELLED')
    return findingOf(translateOidcError(error, 'discovery'), options.texts)
  })
  return {
    id,
    status: finding.status,
    code: finding.code ?? null,
    ms: Math.max(0, Math.round(performance.now() - started)),
    summary: finding.summary,
    detail: [...(finding.detail ?? [])],
    next: nextOf(finding, options),
  }
}

/** What is known of the very case first, then where to click at this product; else what the code itself advises. */
function nextOf<Id extends string>(
  finding: Finding,
  { texts: t, adviceOn }: LadderOptions<Id>,
): string | null {
  const { code, next } = finding
  if (code === undefined) return next ?? null
  const parts = [next, adviceOn?.(code) ?? undefined].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join(' ') : t(`codes.${code}.next`)
}

/** Ends by itself, at the deadline or when cancelled, even if what runs inside notices neither. */
async function withinDeadline(
  check: Check,
  { signal, deadline }: { signal: AbortSignal; deadline: number },
): Promise<Finding> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(deadline)])
  let stop: () => void = () => undefined
  const ended = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new AppError('OIDC_TIMEOUT', { details: { seconds: deadline / 1000 } }))
    limit.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([check(limit), ended])
  } finally {
    limit.removeEventListener('abort', stop)
  }
}

export function findingOf(error: AppError, t: Texts): Finding {
  return {
    status: 'failed',
    code: error.code,
    summary: error.message || titleOf(t, error.code),
    detail: evidenceOf(error.details, t),
  }
}

/** An error's details in the words of the catalogue; a name it has no word for stays as it is. */
export function evidenceOf(details: Details, t: Texts): Evidence[] {
  return Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({
      label: t(`oidc.label.${name}`, { defaultValue: name }),
      value:
        typeof value === 'string'
          ? value
          : Array.isArray(value)
            ? value.map(String).join(', ')
            : JSON.stringify(value),
    }))
}
