import { AppError, type Code } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import type { Stage } from '../../contract/stages'
import type { Entry } from './entry'
import { runStage, skipped, type LadderContext } from './ladder'
import { administrativeLock } from './person-state'
import { row, type Row } from './stage-evidence'

export interface DecisionInput {
  readonly user: string
  readonly stages: readonly Stage[]
  readonly entry: Entry | null
  readonly roles: readonly Role[] | null
  readonly mapping: 'configured' | 'none'
  readonly requiredGroup: string | null
  readonly now: Date
}

/** Stages whose failure is an answer about the person; any other failure leaves the question open. */
const answering = ['user', 'membership', 'userbind', 'mapping']

/** Puts together what the stages have shown: allowed or not, with which roles, and what could not be known. */
export async function decisionStage(context: LadderContext, input: DecisionInput): Promise<Stage> {
  const answer = input.stages.find((stage) => stage.status === 'failed' && answering.includes(stage.id))
  const broken = input.stages.find((stage) => stage.status === 'failed')
  if (!input.entry && !answer && broken) return skipped(context, 'decision', broken.id as 'bind')
  const { stage } = await runStage(context, {
    id: 'decision',
    asked: context.texts('ldap.asked.decision'),
    work: () => decide(context, input),
  })
  return stage
}

// Refusals come as errors, so that their code's own words are shown.
async function decide(context: LadderContext, input: DecisionInput) {
  await Promise.resolve()
  const { texts } = context
  const { user } = input
  const refusal = refusalOf(input)
  if (refusal) throw new AppError(refusal)
  const password = input.stages.find((stage) => stage.id === 'userbind')?.status
  const proven = password === 'passed' || password === 'warning'
  const unknown = [
    ...(proven ? [] : [texts('ldap.value.passwordUnknown')]),
    ...(input.mapping === 'configured' && input.roles === null ? [texts('ldap.value.rolesUnknown')] : []),
  ]
  const detail = [rolesRow(context, input), ...unknown.map((text) => row(texts, 'unknown', text))]
  if (input.mapping === 'configured' && input.roles === null) {
    const summary = texts('ldap.passed.allowedUnknown', { user })
    return { value: null, summary, detail, warning: 'LDAP_GROUP_INCOMPLETE' as const }
  }
  return {
    value: null,
    summary: texts(`ldap.passed.${proven ? 'allowed' : 'allowedIfPassword'}`, { user }),
    detail,
  }
}

function refusalOf(input: DecisionInput): Code | null {
  const answer = input.stages.find((stage) => stage.status === 'failed' && answering.includes(stage.id))
  if (answer) return answer.code
  const groups = input.stages.find((stage) => stage.id === 'groups')
  if (groups?.status === 'failed' && input.requiredGroup !== null) return groups.code
  return input.entry ? administrativeLock(input.entry, input.now) : null
}

function rolesRow(context: LadderContext, input: DecisionInput): Row {
  const { texts } = context
  if (input.mapping === 'none') return row(texts, 'roles', texts('ldap.value.noMapping'))
  if (input.roles === null) return row(texts, 'roles', texts('ldap.value.unknownRoles'))
  return row(texts, 'roles', input.roles.join(', ') || texts('ldap.value.none'))
}
