import type { InspectFinding } from '../../../contract/inspection'
import {
  oidcSymptoms,
  type OidcSymptom,
  type SymptomAnswer,
  type SymptomView,
} from '../../../contract/oidc-symptoms'
import type { OidcStageId } from '../../../contract/stages'
import type { Texts } from '../../app/texts'
import { adminRule, claimsRule, lastWayRule, teamsRule } from './person-rules'
import {
  buttonRule,
  frontRule,
  leaveRule,
  placeRule,
  provisioningRule,
  registerRule,
  scopesRule,
  slugRule,
} from './settings-rules'
import { passed, type SymptomFacts } from './symptom-facts'

interface Checks {
  readonly rules: readonly ((facts: SymptomFacts) => readonly InspectFinding[])[]
  /** Stages of the provider's test that decide. */
  readonly stages?: readonly OidcStageId[]
  readonly person?: true
}

const reachable = ['config', 'dns', 'tcp', 'tls', 'discovery'] as const

const checks: Readonly<Record<OidcSymptom, Checks>> = {
  buttonMissing: { rules: [buttonRule] },
  redirectUri: { rules: [placeRule, registerRule], stages: ['redirect'] },
  missingClaims: { rules: [scopesRule, claimsRule], stages: ['endpoints'], person: true },
  notAdmin: { rules: [adminRule], person: true },
  logoutStays: { rules: [leaveRule], stages: ['endpoints'] },
  loop: { rules: [placeRule, frontRule], stages: ['redirect'] },
  providerNotFound: { rules: [slugRule] },
  invalidState: { rules: [placeRule], stages: ['clock'] },
  provisioningOff: { rules: [provisioningRule] },
  invalidGrant: { rules: [], stages: ['client', 'issuer', 'clock'] },
  unlinkLast: { rules: [lastWayRule], person: true },
  teamsMalformed: { rules: [teamsRule], person: true },
  invalidIdToken: { rules: [], stages: ['issuer', 'jwks', 'clock'] },
  algorithm: { rules: [], stages: ['jwks'] },
  selfSigned: { rules: [], stages: ['config', 'tls'] },
  dns: { rules: [], stages: ['dns'] },
}

/** Whether a provider must be tested to decide it. */
export const needsTest = (symptom: OidcSymptom): boolean => checks[symptom].stages !== undefined
export const needsPerson = (symptom: OidcSymptom): boolean => checks[symptom].person === true

export function symptomViews(t: Texts): SymptomView[] {
  return oidcSymptoms.map((id) => ({
    id,
    title: t(`oidcSymptoms.title.${id}`),
    words: t(`oidcSymptoms.words.${id}`),
    asks: ['provider', ...(needsPerson(id) ? (['person'] as const) : [])],
  }))
}

/** Finding, cause and next step, the grave things first; where nothing explains it, that is said with what is left. */
export function explainSymptom(symptom: OidcSymptom, facts: SymptomFacts): SymptomAnswer {
  const { t } = facts
  const { rules, stages = [] } = checks[symptom]
  const found = [...stageFindings(facts, stages), ...rules.flatMap((rule) => rule(facts))]
  const grave = found.filter(({ status }) => status !== 'passed')
  const sorted = (['failed', 'warning', 'passed'] as const).flatMap((each) =>
    found.filter(({ status }) => status === each),
  )
  const otherwise = passed(t(`oidcSymptoms.otherwise.${symptom}`), t('oidcSymptoms.otherwiseNext'))
  return {
    ok: !found.some(({ status }) => status === 'failed'),
    symptom,
    title: t(`oidcSymptoms.title.${symptom}`),
    findings: grave.length === 0 ? [otherwise, ...sorted] : sorted,
  }
}

/** The stages that decide; where one was not reached, the one that stopped the test. */
function stageFindings({ report }: SymptomFacts, ids: readonly OidcStageId[]): InspectFinding[] {
  const all = report?.stages ?? []
  const wanted = all.filter(({ id }) => ids.includes(id as OidcStageId))
  const stopped = wanted.some(({ status }) => status === 'skipped')
  const because = stopped
    ? all.filter(
        ({ id, status }) => status === 'failed' && ([...reachable, 'endpoints'] as string[]).includes(id),
      )
    : []
  const shown = [...wanted.filter(({ status }) => status !== 'skipped'), ...because]
  return [...new Set(shown)].map(({ status, code, summary: message, detail, next }) => ({
    ...{ code, message, detail, next },
    status: status === 'skipped' ? 'warning' : status,
  }))
}
