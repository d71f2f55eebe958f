import type { InspectFinding } from '../../../contract/inspection'
import type { OidcSettings } from '../../app/ports'
import { factsOf, type Claims } from '../oidc-claims'
import { refusalOf, type OidcFacts } from '../oidc-policy'
import type { Product } from '../rule-book/products'
import { productOfIssuer } from '../rule-book/rule-book'
import { failed, labelled, passed, providerOf, warning, type Bench, type Looked } from './inspection'

/** What a sign-in would read where no provider is configured: the claims' standard names. */
const standard = { emailClaim: 'email', groupsClaim: 'groups' }

interface Told {
  readonly claims: Claims
  readonly provider: OidcSettings | null
  readonly product: Product | null
}

/** Claims by themselves, such as a userinfo answer. */
export function inspectClaims(bench: Bench, claims: Claims): Looked {
  const issuer = typeof claims['iss'] === 'string' ? claims['iss'] : ''
  const [only, ...others] = bench.providers
  const provider = providerOf(bench, issuer) ?? (issuer === '' && others.length === 0 ? (only ?? null) : null)
  const product = productOfIssuer(issuer || (provider?.issuer ?? ''))
  return { kind: 'claims', product, findings: claimFindings(bench, { claims, provider, product }) }
}

/** What a sign-in would make of the claims, by the functions that the sign-in itself uses. */
export function claimFindings(bench: Bench, told: Told): InspectFinding[] {
  const { claims, provider } = told
  const facts = factsOf({ idToken: claims, userinfo: null }, { ...standard, ...provider } as OidcSettings)
  return [
    passed(bench.t('oidcInspect.kind.claims'), labelled(Object.entries(claims))),
    emailFinding(bench, facts, told),
    groupsFinding(bench, facts, told),
    ...(provider === null ? [] : [listsFinding(bench, facts, provider)]),
  ]
}

function emailFinding(bench: Bench, facts: OidcFacts, { provider, product }: Told): InspectFinding {
  const { t } = bench
  const claim = provider?.emailClaim ?? standard.emailClaim
  if (facts.email === null)
    return warning(bench)('OIDC_NO_EMAIL', t('oidcInspect.claims.emailMissing', { claim }), { product })
  if (facts.emailVerified === true) return passed(t('oidcInspect.claims.emailVerified'))
  return warning(bench)('OIDC_EMAIL_UNVERIFIED', t('oidcInspect.claims.emailUnverified'), { product })
}

function groupsFinding(
  bench: Bench,
  { groups, groupsOverage }: OidcFacts,
  { product }: Told,
): InspectFinding {
  const { t } = bench
  if (groupsOverage) return failed(bench)('OIDC_GROUPS_OVERAGE', t('oidcInspect.claims.overage'), { product })
  if (groups === null) return passed(t('oidcInspect.claims.noGroups'))
  const detail = groups.map((group) => ({ label: '', value: group }))
  return passed(t('oidcInspect.claims.groups', { count: groups.length }), detail)
}

function listsFinding(bench: Bench, facts: OidcFacts, provider: OidcSettings): InspectFinding {
  const { t } = bench
  const refusal = refusalOf(facts, provider)
  const words = { provider: provider.name }
  if (refusal === null) return passed(t('oidcInspect.claims.allowed', words))
  return failed(bench)(refusal, t('oidcInspect.claims.refused', words))
}
