import type { Texts } from '../app/texts'
import { endpointFaults, requiredEndpoints, type OidcMetadata } from './oidc-discovery'
import { evidence } from './examination'
import { acceptedAlgorithms } from './jwks'
import type { Finding } from './oidc-ladder'

/** Rules about a discovery document that need nothing but the document: the doctor and the pasted text share them. */
export function judgeMetadata(t: Texts, metadata: OidcMetadata, scopes: readonly string[]): Finding[] {
  return [
    ...(metadata.issuer.includes('{') ? [judgeTemplate(t, metadata)] : []),
    judgeEndpoints(t, metadata, { issuer: metadata.issuer, scopes }),
    judgeAlgorithms(t, metadata),
    judgePkce(t, metadata),
  ].filter((finding) => finding !== null)
}

function judgeTemplate(t: Texts, { issuer }: OidcMetadata): Finding {
  return {
    status: 'failed',
    code: 'OIDC_ISSUER_TEMPLATE',
    summary: t('codes.OIDC_ISSUER_TEMPLATE.title'),
    detail: evidence(t, { stated: issuer }),
  }
}

/** OpenID Connect Discovery §3: the addresses that a sign-in needs, and the scopes that are listed. */
export function judgeEndpoints(
  t: Texts,
  metadata: OidcMetadata,
  { issuer, scopes }: { issuer: string; scopes: readonly string[] },
): Finding {
  const missing = endpointFaults(metadata, issuer)
  const optional = ['userinfo_endpoint', 'end_session_endpoint'] as const
  const detail = evidence(
    t,
    Object.fromEntries([...requiredEndpoints, ...optional].map((name) => [name, textOf(metadata[name])])),
  )
  if (missing.length > 0) {
    const summary = t('oidc.stage.endpoints.failed', { endpoints: missing.join(', ') })
    return { status: 'failed', code: 'OIDC_ENDPOINT_MISSING', summary, detail }
  }
  const listed = metadata.scopes_supported
  const unlisted = listed === undefined ? [] : scopes.filter((scope) => !listed.includes(scope))
  if (unlisted.length === 0) return { status: 'passed', summary: t('oidc.stage.endpoints.passed'), detail }
  const summary = t('oidc.stage.endpoints.scopes', { scopes: unlisted.join(' ') })
  return { status: 'warning', code: 'OIDC_SCOPE_UNSUPPORTED', summary, detail, next: t('oidc.advice.scopes') }
}

/** Null where an accepted signature is announced, or nothing is said. */
export function judgeAlgorithms(t: Texts, metadata: OidcMetadata): Finding | null {
  const announced = metadata.id_token_signing_alg_values_supported
  if (announced === undefined || announced.some((algorithm) => acceptedAlgorithms.includes(algorithm)))
    return null
  const algorithms = announced.join(', ')
  const summary = t('oidc.stage.jwks.algorithms', { algorithms })
  return { status: 'failed', code: 'OIDC_ID_TOKEN_ALGORITHM', summary, detail: evidence(t, { algorithms }) }
}

/** RFC 7636 §4.2: S256; providers may support it without saying so. */
export function judgePkce(t: Texts, metadata: OidcMetadata): Finding {
  const methods = metadata.code_challenge_methods_supported
  if (methods?.includes('S256')) return { status: 'passed', summary: t('oidc.stage.pkce.passed') }
  const code = 'OIDC_PKCE_UNSUPPORTED'
  if (methods === undefined || methods.length === 0)
    return { status: 'warning', code, summary: t('oidc.stage.pkce.silent') }
  return { status: 'failed', code, summary: t('oidc.stage.pkce.weak', { methods: methods.join(', ') }) }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
