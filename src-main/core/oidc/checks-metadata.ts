import type { OidcSettings } from '../app/ports'
import { evidence, found, type Examination } from './examination'
import { issuerDifference } from './issuer-difference'
import { acceptedAlgorithms, parseJwks, signingKeys } from './jwks'
import { discover, endpointFaults, requiredEndpoints, type OidcMetadata } from './oidc-discovery'
import type { Finding, OidcChecks } from './oidc-ladder'

type MetadataStage = 'discovery' | 'issuer' | 'endpoints' | 'jwks' | 'pkce' | 'clock'

/** What the provider says of itself, and whether it holds together. */
export function metadataChecks(run: Examination): Pick<OidcChecks, MetadataStage> {
  return {
    discovery: () => checkDiscovery(run),
    issuer: () => checkIssuer(run),
    endpoints: () => checkEndpoints(run),
    jwks: () => checkJwks(run),
    pkce: () => checkPkce(run),
    clock: () => checkClock(run),
  }
}

async function checkDiscovery(run: Examination): Promise<Finding> {
  run.discovery = await discover(found(run.channel), run.provider.issuer)
  const { address } = run.discovery
  return { status: 'passed', summary: run.texts('oidc.stage.discovery.passed', { address }) }
}

function metadataOf(run: Examination): OidcMetadata {
  return found(run.discovery).metadata
}

function checkIssuer(run: Examination): Finding {
  const { texts: t, provider } = run
  const configured = provider.issuer
  const stated = metadataOf(run).issuer
  const difference = issuerDifference(configured, stated)
  if (difference === null) return { status: 'passed', summary: t('oidc.stage.issuer.passed') }
  const end = t('oidc.end')
  const words = {
    position: difference.position,
    configured: difference.configured ?? end,
    stated: difference.stated ?? end,
  }
  const isTemplate = stated.includes('{')
  return {
    status: 'failed',
    code: isTemplate ? 'OIDC_ISSUER_TEMPLATE' : 'OIDC_ISSUER_MISMATCH',
    summary: t('oidc.stage.issuer.failed', { configured, stated }),
    detail: evidence(t, {
      configured,
      stated,
      difference: t('oidc.difference', words),
      lengths: `${configured.length} / ${stated.length}`,
    }),
    ...(isTemplate
      ? {}
      : { next: t(`oidc.advice.${difference.kind === 'other' ? 'issuer' : difference.kind}`, { stated }) }),
  }
}

function checkEndpoints(run: Examination): Finding {
  const { texts: t, provider } = run
  const metadata = metadataOf(run)
  const missing = endpointFaults(metadata, provider.issuer)
  const optional = ['userinfo_endpoint', 'end_session_endpoint'] as const
  const detail = evidence(
    t,
    Object.fromEntries([...requiredEndpoints, ...optional].map((name) => [name, textOf(metadata[name])])),
  )
  if (missing.length > 0) {
    const summary = t('oidc.stage.endpoints.failed', { endpoints: missing.join(', ') })
    return { status: 'failed', code: 'OIDC_ENDPOINT_MISSING', summary, detail }
  }
  const unlisted = unlistedScopes(metadata, provider)
  if (unlisted.length === 0) return { status: 'passed', summary: t('oidc.stage.endpoints.passed'), detail }
  const summary = t('oidc.stage.endpoints.scopes', { scopes: unlisted.join(' ') })
  return { status: 'warning', code: 'OIDC_SCOPE_UNSUPPORTED', summary, detail, next: t('oidc.advice.scopes') }
}

function unlistedScopes(metadata: OidcMetadata, provider: OidcSettings): readonly string[] {
  const listed = metadata.scopes_supported
  return listed === undefined ? [] : provider.scopes.filter((scope) => !listed.includes(scope))
}

async function checkJwks(run: Examination): Promise<Finding> {
  const t = run.texts
  const metadata = metadataOf(run)
  const response = await found(run.channel).fetch(metadata.jwks_uri ?? '')
  const keys = signingKeys(parseJwks(response.status, await response.text()))
  const announced = metadata.id_token_signing_alg_values_supported
  const algorithms = announced?.join(', ')
  const detail = evidence(t, {
    keys: keys
      .map((key) => [key.kty, key.alg, key.kid].filter((part) => part !== undefined).join(' '))
      .join(', '),
    algorithms,
  })
  if (announced !== undefined && !announced.some((algorithm) => acceptedAlgorithms.includes(algorithm))) {
    const summary = t('oidc.stage.jwks.algorithms', { algorithms })
    return { status: 'failed', code: 'OIDC_ID_TOKEN_ALGORITHM', summary, detail }
  }
  if (keys.length === 0)
    return { status: 'failed', code: 'OIDC_JWKS', summary: t('oidc.stage.jwks.empty'), detail }
  return { status: 'passed', summary: t('oidc.stage.jwks.passed', { count: keys.length }), detail }
}

function checkPkce(run: Examination): Finding {
  const t = run.texts
  const methods = metadataOf(run).code_challenge_methods_supported
  if (methods?.includes('S256')) return { status: 'passed', summary: t('oidc.stage.pkce.passed') }
  const code = 'OIDC_PKCE_UNSUPPORTED'
  if (methods === undefined || methods.length === 0) {
    return { status: 'warning', code, summary: t('oidc.stage.pkce.silent') }
  }
  return { status: 'failed', code, summary: t('oidc.stage.pkce.weak', { methods: methods.join(', ') }) }
}

/** Seconds: what nobody notices, and what tokens are no longer accepted with. */
const noticed = 60
const refused = 300

function checkClock(run: Examination): Finding {
  const t = run.texts
  const { date } = found(run.discovery)
  if (date === null) {
    return { status: 'warning', summary: t('oidc.stage.clock.unknown'), next: t('oidc.advice.noDate') }
  }
  const desk = run.clock.now()
  const difference = Math.round((date.getTime() - desk.getTime()) / 1000)
  const seconds = Math.abs(difference)
  const detail = evidence(t, { provider: date.toISOString(), desk: desk.toISOString() })
  if (seconds <= noticed)
    return { status: 'passed', summary: t('oidc.stage.clock.passed', { seconds }), detail }
  const direction = t(difference > 0 ? 'oidc.stage.clock.ahead' : 'oidc.stage.clock.behind')
  const summary = t('oidc.stage.clock.off', { seconds, direction })
  return { status: seconds > refused ? 'failed' : 'warning', code: 'OIDC_CLOCK_SKEW', summary, detail }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
