import { AppError } from '../../contract/errors'
import type { Stage } from '../../contract/stages'
import { titleOf } from '../app/texts'
import { attemptFacets } from './attempt-facets'
import { resolveStage, skippedAfter, tryAddress, type Attempt, type NetworkRun } from './network-stages'
import { row } from './stage-evidence'

const rungs = ['dns', 'tcp', 'tls', 'rootdse', 'bind']

/** What the network part of the ladder ended with: one line of stages, and the connection if there is one. */
export interface NetworkResult {
  readonly attempt: Attempt
  readonly stages: readonly Stage[]
}

/**
 * Tries every server and address from `dns` to `bind`; the first that works goes on. If none does, the one that came
 * furthest tells the story, and the others are named beside it.
 */
export async function climbNetwork(run: NetworkRun): Promise<NetworkResult> {
  const attempts: Attempt[] = []
  for (const server of run.settings.servers) {
    for await (const attempt of attemptsOf(run, server)) {
      attempts.push(attempt)
      if (attempt.bound || attempt.final === 'final') return conclude(run, attempts, attempt)
    }
  }
  const [furthest] = [...attempts].sort((one, other) => other.stages.length - one.stages.length)
  if (!furthest) throw new AppError('LDAP_CONFIG_INVALID', { details: { setting: 'LDAP_HOST' } })
  return conclude(run, attempts, furthest)
}

async function* attemptsOf(run: NetworkRun, server: Attempt['server']): AsyncGenerator<Attempt> {
  const dns = await resolveStage(run, server)
  if (dns.endpoints.length === 0) {
    const target = `${server.host}:${server.port}`
    yield { server, target, stages: [dns.stage], bound: null, rootDse: null, final: 'go-on', facets: {} }
  }
  for (const endpoint of dns.endpoints) {
    const attempt = await tryAddress(run, endpoint)
    const resolved = dns.endpoints.map(({ address }) => address)
    const facets = { 'addresses.resolved': resolved, ...attempt.facets }
    yield { ...attempt, facets, stages: [dns.stage, ...attempt.stages] }
  }
}

/** Adds each failed try to the stage where it ended, and reports the stages whose last report is of another try. */
function conclude(run: NetworkRun, attempts: readonly Attempt[], chosen: Attempt): NetworkResult {
  const others = attempts.filter((attempt) => attempt !== chosen)
  run.context.saw(attemptFacets(chosen))
  const stages = chosen.stages.map((stage) => others.reduce((so, other) => withOther(run, so, other), stage))
  if (others.length > 0) for (const stage of stages) run.context.onStage(stage.id as 'dns', stage)
  return { attempt: chosen, stages: [...stages, ...skippedAfter(run.context, stages)].sort(byRung) }
}

function byRung(one: Stage, other: Stage): number {
  return rungs.indexOf(one.id) - rungs.indexOf(other.id)
}

function withOther(run: NetworkRun, stage: Stage, other: Attempt): Stage {
  const end = other.stages.find((each) => each.status === 'failed')
  if (end?.id !== stage.id || end.code === null) return stage
  const { texts } = run.context
  const label = texts('ldap.label.attempt', { target: other.target })
  const detail = [
    ...stage.detail,
    { ...row(texts, 'attempt', `${end.code}: ${titleOf(texts, end.code)}`), label },
  ]
  if (stage.status !== 'passed') return { ...stage, detail }
  return { ...stage, detail, status: 'warning', code: end.code, next: end.next }
}
