import type { InspectFinding } from '../../../contract/inspection'
import type { OidcSettings } from '../../app/ports'
import { externalIdOf } from '../../teams/team-claim'
import { claimOf, factsOf } from '../oidc-claims'
import { mappedRoles, type OidcFacts } from '../oidc-policy'
import { adviceFor, productAdvice } from '../rule-book/advice'
import { productOf } from './settings-rules'
import {
  failed,
  nextStep,
  passed,
  said,
  warning,
  type SymptomFacts,
  type SymptomPerson,
} from './symptom-facts'

type Rule = (facts: SymptomFacts) => readonly InspectFinding[]

/** What can be said before anybody's claims are looked at; null where they can be. */
function withoutClaims({ t, person, personName, provider }: SymptomFacts): InspectFinding | null {
  if (person === null) return warning({ message: said(t, 'noPerson'), next: nextStep(t, 'person') })
  if (person === 'unknown') {
    const message = said(t, 'personUnknown', { person: personName ?? '' })
    return failed({ code: 'NOT_FOUND', message, next: nextStep(t, 'account') })
  }
  if (person.claims !== null) return null
  const message = said(t, 'noIdentity', { person: person.name, provider: provider?.name ?? '' })
  return warning({ message, next: nextStep(t, 'signInFirst') })
}

const known = ({ person }: SymptomFacts): SymptomPerson => {
  if (person === null || person === 'unknown') throw new Error('nobody was named')
  return person
}

export const adminRule: Rule = (facts) => {
  const { t, provider } = facts
  if (provider === null) return []
  const { adminGroup, adminEmails, roleGroupMap, adminEmailDomains } = provider
  const mapsAdmin = Object.values(roleGroupMap).includes('admin')
  if (adminGroup === null && adminEmails.length === 0 && !mapsAdmin) {
    const next = nextStep(t, 'mapping')
    const first =
      adminEmailDomains.length > 0
        ? [warning({ message: said(t, 'domainsFirst'), next: nextStep(t, 'manual') })]
        : []
    return [failed({ code: 'ROLE_NOT_GRANTED', message: said(t, 'noMapping'), next }), ...first]
  }
  const early = withoutClaims(facts)
  return early === null ? adminByClaims(facts, provider) : [early]
}

function adminByClaims(facts: SymptomFacts, provider: OidcSettings): readonly InspectFinding[] {
  const { t } = facts
  const { name: person, claims } = known(facts)
  const told = factsOf({ idToken: claims ?? {}, userinfo: null }, provider)
  if (mappedRoles(told, provider)?.includes('admin') === true)
    return [passed(said(t, 'isAdmin', { person }), nextStep(t, 'signInAgain'))]
  const findings = [...emailFindings(facts, told, provider), ...groupFindings(facts, told, provider)]
  if (findings.length > 0) return findings
  const message = said(t, 'notByClaims', { person })
  return [failed({ code: 'ROLE_NOT_GRANTED', message, next: nextStep(t, 'manual') })]
}

function emailFindings(facts: SymptomFacts, told: OidcFacts, provider: OidcSettings): InspectFinding[] {
  const { t } = facts
  const isNamed = provider.adminEmails.some((each) => each.toLowerCase() === told.email?.toLowerCase())
  if (!isNamed || told.emailVerified === true) return []
  const code = 'OIDC_EMAIL_UNVERIFIED'
  const message = said(t, 'emailUnverified', { person: known(facts).name })
  return [failed({ code, message, next: adviceFor(t, productOf(facts), code) })]
}

const folded = (group: string) => group.trim().replace(/^\//, '').toLowerCase()

function groupFindings(facts: SymptomFacts, told: OidcFacts, provider: OidcSettings): InspectFinding[] {
  const { t } = facts
  const person = known(facts).name
  const mapped = Object.entries(provider.roleGroupMap).flatMap(([group, role]) =>
    role === 'admin' ? [group] : [],
  )
  const wanted = [...(provider.adminGroup === null ? [] : [provider.adminGroup]), ...mapped]
  if (wanted.length === 0) return []
  if (told.groupsOverage) {
    const next = adviceFor(t, productOf(facts), 'OIDC_GROUPS_OVERAGE')
    return [failed({ code: 'OIDC_GROUPS_OVERAGE', message: said(t, 'groupsOverage', { person }), next })]
  }
  const code = 'ROLE_NOT_GRANTED'
  if (told.groups === null) {
    const message = said(t, 'groupsAbsent', { person, claim: provider.groupsClaim ?? '' })
    const next = productAdvice(t, productOf(facts), 'OIDC_NOT_ALLOWED_GROUP') ?? nextStep(t, 'dryRun')
    return [failed({ code, message, next })]
  }
  const { groups } = told
  const near = wanted.flatMap((each) =>
    groups.filter((group) => folded(group) === folded(each)).map((group) => ({ group, wanted: each })),
  )
  const [first] = near
  const message =
    first === undefined
      ? said(t, 'groupOther', { person, wanted: wanted.join(', '), groups: groups.join(', ') || '–' })
      : said(t, 'groupNear', { person, ...first })
  return [failed({ code, message, next: nextStep(t, 'groupExact') })]
}

export const claimsRule: Rule = (facts) => {
  const { t, provider } = facts
  if (provider === null || facts.person === null) return []
  const early = withoutClaims(facts)
  if (early !== null) return [early]
  const { name: person, claims } = known(facts)
  const sources = { idToken: claims ?? {}, userinfo: null }
  const { usernameClaim, fullNameClaim, emailClaim, groupsClaim } = provider
  return [usernameClaim, fullNameClaim, emailClaim, groupsClaim]
    .filter((claim) => claim !== null && claimOf(sources, claim) === undefined)
    .map((claim) =>
      warning({
        ...(claim === emailClaim && { code: 'OIDC_NO_EMAIL' as const }),
        message: said(t, 'claimMissing', { person, claim: claim ?? '' }),
        next: nextStep(t, 'dryRun'),
      }),
    )
}

export const lastWayRule: Rule = (facts) => {
  const { t, person, provider } = facts
  if (person === null || person === 'unknown') return [withoutClaims(facts)].filter((each) => each !== null)
  const words = { person: person.name, provider: provider?.name ?? '' }
  if (person.hasPassword || person.identities > 1) return [passed(said(t, 'otherWay', words))]
  return [
    failed({ code: 'LAST_SIGN_IN_WAY', message: said(t, 'lastWay', words), next: nextStep(t, 'password') }),
  ]
}

export const teamsRule: Rule = (facts) => {
  const { t, settings } = facts
  const early = withoutClaims(facts)
  if (early !== null) return [early]
  const claim =
    settings.views.find(({ name }) => /OIDC_(?:PROVIDER_\d+_)?TEAMS_CLAIM/.test(name))?.value ??
    'vikunja_groups'
  const { name: person, claims } = known(facts)
  const value = claimOf({ idToken: claims ?? {}, userinfo: null }, claim)
  const code = 'TEAMS_CLAIM_MALFORMED'
  if (value === undefined)
    return [warning({ message: said(t, 'teamsAbsent', { person, claim }), next: nextStep(t, 'dryRun') })]
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value]
  const count = entries.filter((entry) => externalIdOf(entry) === null).length
  if (count === 0) return [passed(said(t, 'teamsGood', { claim }))]
  const message = said(t, 'teamsMalformed', { claim, count, all: entries.length })
  return [failed({ code, message, next: nextStep(t, 'oidcId') })]
}
