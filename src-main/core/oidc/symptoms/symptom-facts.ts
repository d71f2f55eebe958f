import type { InspectFinding } from '../../../contract/inspection'
import type { Code } from '../../../contract/errors'
import type { OidcReport } from '../../../contract/oidc'
import type { oidcSymptomTexts } from '../../../contract/texts/en/oidc-symptoms'
import type { OidcSettings, Settings } from '../../app/ports'
import type { Texts } from '../../app/texts'
import type { Claims } from '../oidc-claims'

/** An account as far as a symptom needs it; `claims` are the last ones of the provider that is looked at. */
export interface SymptomPerson {
  readonly name: string
  readonly hasPassword: boolean
  readonly identities: number
  readonly claims: Claims | null
}

/** What the checks look at. What a symptom does not ask for, or nobody named, is null. */
export interface SymptomFacts {
  readonly t: Texts
  readonly settings: Settings
  /** The short name as it was typed. */
  readonly named: string | null
  readonly provider: OidcSettings | null
  readonly report: OidcReport | null
  readonly person: SymptomPerson | 'unknown' | null
  readonly personName: string | null
}

type FindingId = keyof typeof oidcSymptomTexts.finding
type NextId = keyof typeof oidcSymptomTexts.next
type Words = Readonly<Record<string, string | number>>

export const said = (t: Texts, id: FindingId, words: Words = {}): string =>
  t(`oidcSymptoms.finding.${id}` as 'oidcSymptoms.finding.offered', words as { providers: string })
export const nextStep = (t: Texts, id: NextId, words: Words = {}): string =>
  t(`oidcSymptoms.next.${id}` as 'oidcSymptoms.next.scope', words as { scope: string })

interface Fault {
  readonly code: Code
  readonly message: string
  readonly next: string
}

export const passed = (message: string, next: string | null = null): InspectFinding => ({
  ...{ status: 'passed', code: null, message, detail: [], next },
})
export const failed = (fault: Fault): InspectFinding => ({ status: 'failed', detail: [], ...fault })
export const warning = (fault: Omit<Fault, 'code'> & { code?: Code }): InspectFinding => ({
  ...{ status: 'warning', detail: [], code: null },
  ...fault,
})
