import type { InspectFinding } from '../../../contract/inspection'
import type { OidcSettings } from '../../app/ports'
import { offersProviders } from '../../sign-in/offers-providers'
import { parseAddress, redirectUrisToRegister } from '../addresses'
import { productAdvice } from '../rule-book/advice'
import { scopeOfClaim } from '../rule-book/claim-scopes'
import type { Product } from '../rule-book/products'
import { productOfIssuer } from '../rule-book/rule-book'
import { failed, nextStep, passed, said, warning, type SymptomFacts } from './symptom-facts'

type Rule = (facts: SymptomFacts) => readonly InspectFinding[]

export const productOf = ({ report, provider }: SymptomFacts): Product | null =>
  (report?.product?.id as Product | undefined) ?? (provider && productOfIssuer(provider.issuer))

export const buttonRule: Rule = ({ t, settings }) => {
  const { method, oidc, oidcEnabled, findings } = settings
  const typos = findings
    .filter(({ code, setting }) => code === 'CONFIG_UNKNOWN' && /OIDC|AUTH/i.test(setting ?? ''))
    .map(({ code, message, next }) => warning({ code, message, next }))
  if (method === null) {
    const errors = findings.filter(({ severity }) => severity === 'error')
    const causes = errors.map(({ code, message, next }) => failed({ code, message, next }))
    return [
      failed({
        code: 'CONFIG_INVALID',
        message: said(t, 'settingsInvalid'),
        next: causes[0]?.next ?? t('codes.CONFIG_INVALID.next'),
      }),
      ...causes,
    ]
  }
  if (!offersProviders.has(method)) {
    const message = said(t, 'notOffered', { method })
    return [failed({ code: 'METHOD_NOT_OFFERED', message, next: nextStep(t, 'method') }), ...typos]
  }
  if (!oidcEnabled)
    return [
      failed({ code: 'METHOD_NOT_OFFERED', message: said(t, 'switchedOff'), next: nextStep(t, 'switchOn') }),
    ]
  if (oidc.length === 0) {
    const fault = { message: said(t, 'noProvider'), next: nextStep(t, 'addProvider') }
    return [failed({ code: 'OIDC_PROVIDER_NOT_FOUND', ...fault }), ...typos]
  }
  const incomplete = oidc
    .filter(({ missing }) => missing.length > 0)
    .map((each) => incompleteFinding(t, each))
  const whole = oidc.filter(({ missing }) => missing.length === 0).map(({ name }) => name)
  const offered = passed(said(t, 'offered', { providers: whole.join(', ') }), nextStep(t, 'restart'))
  return [...incomplete, ...typos, ...(whole.length > 0 ? [offered] : [])]
}

function incompleteFinding(t: SymptomFacts['t'], { name, missing }: OidcSettings): InspectFinding {
  const words = { provider: name, missing: missing.join(', ') }
  return failed({
    code: 'OIDC_CONFIG_INVALID',
    message: said(t, 'incomplete', words),
    next: nextStep(t, 'complete', words),
  })
}

export const slugRule: Rule = ({ t, settings, named }) => {
  const slugs = settings.oidc.map(({ slug }) => slug)
  if (slugs.length === 0) return buttonRule({ t, settings } as SymptomFacts)
  if (named === null || slugs.includes(named)) {
    const provider = named ?? slugs.join(', ')
    return [passed(said(t, 'slugKnown', { provider }), nextStep(t, 'slug'))]
  }
  const folded = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  const near = settings.oidc.find(({ slug, name }) =>
    [slug, name].some((each) => folded(each) === folded(named)),
  )?.slug
  const words = { provider: named, near: near ?? '', slugs: slugs.join(', ') }
  const message = said(t, near === undefined ? 'slugUnknown' : 'slugNear', words)
  return [failed({ code: 'OIDC_PROVIDER_NOT_FOUND', message, next: nextStep(t, 'slug') })]
}

/** Whether the answer comes back to the place that it was asked from. */
export const placeRule: Rule = ({ t, settings, provider }) => {
  const uri = provider?.redirectUri ?? null
  const baseUrl = settings.views.find(({ name }) => name === 'BASE_URL')?.value ?? null
  const [to, from] = [uri, baseUrl].map((each) => (each === null ? null : parseAddress(each)))
  const findings: InspectFinding[] = []
  if (uri !== null && uri.endsWith('/')) {
    const fault = { message: said(t, 'uriSlash', { uri }), next: nextStep(t, 'slash') }
    findings.push(warning({ code: 'OIDC_REDIRECT_MISMATCH', ...fault }))
  }
  if (to && from && to.origin !== from.origin) {
    const message = said(t, 'uriPlace', { uri: uri ?? '', baseUrl: baseUrl ?? '' })
    findings.push(failed({ code: 'OIDC_APP_REDIRECT', message, next: nextStep(t, 'place') }))
  }
  return findings
}

export const frontRule: Rule = ({ t, settings }) => {
  const baseUrl = settings.views.find(({ name }) => name === 'BASE_URL')?.value ?? ''
  const url = parseAddress(baseUrl)
  const isPlain = url?.protocol === 'http:' && !/^(?:localhost|127\.|\[::1\])/.test(url.hostname)
  if (!isPlain) return []
  return [
    warning({ code: 'OIDC_APP_PROXY_HEADERS', message: said(t, 'httpFront'), next: nextStep(t, 'https') }),
  ]
}

export const registerRule: Rule = (facts) => {
  const { t, provider } = facts
  if (provider === null) return []
  const redirectUris = redirectUrisToRegister(provider).join(', ')
  const next = productAdvice(t, productOf(facts), 'OIDC_REDIRECT_MISMATCH') ?? nextStep(t, 'register')
  return [passed(said(t, 'register', { redirectUris }), next)]
}

export const scopesRule: Rule = (facts) => {
  const { t, provider } = facts
  if (provider === null) return []
  const { usernameClaim, fullNameClaim, emailClaim, groupsClaim, scopes } = provider
  const wanted = [usernameClaim, fullNameClaim, emailClaim, ...(groupsClaim === null ? [] : [groupsClaim])]
  const missing = wanted.flatMap((claim) => {
    const scope = scopeOfClaim(claim, productOf(facts))
    return scope === null || scopes.includes(scope) ? [] : [{ claim, scope }]
  })
  if (missing.length === 0) return [passed(said(t, 'claimsThere'), nextStep(t, 'dryRun'))]
  return missing.map(({ claim, scope }) =>
    warning({
      code: claim === emailClaim ? 'OIDC_NO_EMAIL' : 'OIDC_SCOPE_UNSUPPORTED',
      message: said(t, 'scopeMissing', { scope, claim }),
      next: nextStep(t, 'scope', { scope }),
    }),
  )
}

export const provisioningRule: Rule = ({ t, settings, provider }) =>
  (provider === null ? settings.oidc : [provider]).map(({ name, autoProvision }) =>
    autoProvision
      ? passed(said(t, 'provisioningOn', { provider: name }))
      : failed({
          code: 'OIDC_PROVISIONING_OFF',
          message: said(t, 'provisioningOff', { provider: name }),
          next: nextStep(t, 'provision'),
        }),
  )

export const leaveRule: Rule = (facts) => {
  const { t, provider, report } = facts
  if (provider === null) return []
  const endpoints = report?.stages.find(({ id }) => id === 'endpoints')
  const label = t('oidc.label.end_session_endpoint')
  const isOffered = endpoints?.detail.some((each) => each.label === label) === true
  if (endpoints?.status === 'passed' || endpoints?.status === 'warning') {
    const next =
      productAdvice(t, productOf(facts), 'OIDC_END_SESSION_UNSUPPORTED') ?? nextStep(t, 'leaveEmpty')
    const code = 'OIDC_END_SESSION_UNSUPPORTED'
    if (!isOffered) return [failed({ code, message: said(t, 'noEndSession'), next })]
  }
  if (provider.postLogout === null)
    return [warning({ message: said(t, 'notLeft'), next: nextStep(t, 'postLogout') })]
  return isOffered ? [passed(said(t, 'leaves'), nextStep(t, 'postLogoutRegister'))] : []
}
