import type { RuleView, WayView } from '../../contract/auth'
import { signInRules, type SignInRule } from '../../contract/auth'
import type { Code } from '../../contract/errors'

export interface Verdict {
  readonly outcome: 'passed' | 'warning' | 'refused' | 'unknown'
  readonly evidence: string
  readonly code?: Code
}
export type Verdicts = Partial<Record<SignInRule, Verdict>>

const stops = (verdict: Verdict | undefined) =>
  verdict?.outcome === 'refused' || verdict?.outcome === 'unknown'

/** The rules in their order: what stands behind the one that ends the sign-in was not reached. */
export function arrange(verdicts: Verdicts): readonly RuleView[] {
  const end = signInRules.findIndex((id) => stops(verdicts[id]))
  return signInRules.map((id, at): RuleView => {
    const verdict = verdicts[id]
    if (end >= 0 && at > end) return { id, outcome: 'not-reached', code: null, evidence: '' }
    if (!verdict) return { id, outcome: 'not-needed', code: null, evidence: '' }
    return { id, outcome: verdict.outcome, code: verdict.code ?? null, evidence: verdict.evidence }
  })
}

/** A way with its rules; it is open where none of them ends it. */
export function wayOf(id: string, name: string, verdicts: Verdicts): WayView {
  const rules = [...arrange(verdicts)]
  const end = rules.find(({ outcome }) => outcome === 'refused' || outcome === 'unknown')
  const allowed = end === undefined ? true : end.outcome === 'unknown' ? null : false
  return { id, name, allowed, code: end?.code ?? null, rules }
}
