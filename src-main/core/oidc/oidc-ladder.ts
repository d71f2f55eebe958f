import { AppError, type Code, type Details } from '../../contract/errors'
import { oidcStages, type OidcStageId, type Stage } from '../../contract/stages'
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

export interface LadderOptions {
  readonly signal: AbortSignal
  /** For each stage, in milliseconds. */
  readonly deadline: number
  readonly texts: Texts
  readonly onStage: (id: OidcStageId, stage: Stage | null) => void
}

const order = Object.keys(oidcStages) as OidcStageId[]

/** All stages in order; one whose dependency did not pass is skipped. Cancelling ends it at once. */
export async function runOidcLadder(checks: OidcChecks, options: LadderOptions): Promise<Stage[]> {
  const done = new Map<OidcStageId, Stage>()
  for (const id of order) {
    if (options.signal.aborted) throw new AppError('CANCELLED')
    const because = oidcStages[id].find((needed) => !isSound(done.get(needed)))
    const stage =
      because === undefined ? await run(checks[id], id, options) : skipped(id, because, options.texts)
    done.set(id, stage)
    options.onStage(id, stage)
  }
  return [...done.values()]
}

function isSound(stage: Stage | undefined): boolean {
  return stage?.status === 'passed' || stage?.status === 'warning'
}

function skipped(id: OidcStageId, because: OidcStageId, t: Texts): Stage {
  const summary = t('oidc.stage.skipped', { because })
  return { id, status: 'skipped', code: null, ms: 0, summary, detail: [], next: null, because }
}

async function run(check: Check, id: OidcStageId, options: LadderOptions): Promise<Stage> {
  options.onStage(id, null)
  const started = performance.now()
  const finding = await withinDeadline(check, options).catch((error: unknown) => {
    if (options.signal.aborted) throw new AppError('CANCELLED')
    return findingOf(translateOidcError(error, 'discovery'), options.texts)
  })
  const code = finding.code ?? null
  return {
    id,
    status: finding.status,
    code,
    ms: Math.max(0, Math.round(performance.now() - started)),
    summary: finding.summary,
    detail: [...(finding.detail ?? [])],
    next: finding.next ?? (code === null ? null : options.texts(`codes.${code}.next`)),
  }
}

/** Ends by itself, at the deadline or when cancelled, even if what runs inside notices neither. */
async function withinDeadline(check: Check, { signal, deadline }: LadderOptions): Promise<Finding> {
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
