import type { DetailedPeerCertificate } from 'node:tls'
import type { Stage } from '../../contract/stages'
import { bestOffset } from '../diagnostics/clock-offset'
import { certificateFacets, type Facets, type FacetValue } from '../diagnostics/facets'
import type { Examination } from './examination'
import type { Jwk } from './jwks'
import type { OidcMetadata } from './oidc-discovery'
import type { TlsExamination } from './tls-examination'

/** The fields of a discovery document (OpenID Connect Discovery §3) that a sign-in can depend on. */
export const comparedMetadata = [
  ...['issuer', 'authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'],
  ...['end_session_endpoint', 'revocation_endpoint', 'introspection_endpoint', 'registration_endpoint'],
  ...['pushed_authorization_request_endpoint', 'require_pushed_authorization_requests'],
  ...['scopes_supported', 'claims_supported', 'response_types_supported', 'response_modes_supported'],
  ...['grant_types_supported', 'subject_types_supported', 'prompt_values_supported'],
  ...['id_token_signing_alg_values_supported', 'id_token_encryption_alg_values_supported'],
  ...['userinfo_signing_alg_values_supported', 'token_endpoint_auth_methods_supported'],
  ...['code_challenge_methods_supported', 'authorization_response_iss_parameter_supported'],
] as const

/** What a test of a provider showed that can be different the next time. */
export function examinationFacets(run: Examination, stages: readonly Stage[]): Facets {
  const { addresses, address, discovery, tls, keys, method, product } = run
  const offset = bestOffset(run.times)
  return {
    ...(addresses.length > 0 && { 'addresses.resolved': [...addresses] }),
    ...(address !== null && { 'addresses.answered': address }),
    ...(tls && tlsFacets(tls)),
    ...(discovery && { ...metadataFacets(discovery.metadata), 'metadata.product': product }),
    ...(keys && { 'keys.signing': keys.map(keyName) }),
    ...(method && { 'client.method': method }),
    ...verdict('client', stages),
    ...verdict('redirect', stages),
    ...verdict('pkce', stages),
    ...(offset && { 'clock.offset': offset }),
  }
}

/** How a stage that asks the provider about this client ended; one that did not run says nothing. */
function verdict(id: 'client' | 'redirect' | 'pkce', stages: readonly Stage[]): Facets {
  const stage = stages.find((each) => each.id === id)
  if (stage === undefined || stage.status === 'skipped') return {}
  return { [`client.${id}`]: stage.code ?? stage.status }
}

function metadataFacets(metadata: OidcMetadata): Facets {
  const fields: Readonly<Record<string, unknown>> = metadata
  return Object.fromEntries(comparedMetadata.map((name) => [`metadata.${name}`, plain(fields[name])]))
}

/** Lists of words stay lists; whatever else a provider writes there is compared as it is written. */
function plain(value: unknown): FacetValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value))
    return value.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
  return JSON.stringify(value)
}

/** A key set may leave the names of its keys out; then it is told by what it is. */
const keyName = ({ kid, kty, alg, use }: Jwk) =>
  [kid ?? '–', kty, alg, use].filter((part) => part !== undefined).join(' ')

function tlsFacets({ chain, protocol, cipher, source, verdict: refused }: TlsExamination): Facets {
  return {
    'tls.protocol': protocol,
    'tls.cipher': cipher,
    'tls.trustedBy': source,
    'tls.verdict': refused?.reason ?? null,
    ...certificateFacets(chain.map(seen)),
  }
}

function seen(certificate: DetailedPeerCertificate) {
  return {
    fingerprint: certificate.fingerprint256,
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: (certificate.subjectaltname ?? '').split(', ').filter((name) => name !== ''),
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
  }
}

function oneLine(name: object): string {
  return Object.entries(name as Record<string, string | string[]>)
    .map(([type, value]) => `${type}=${Array.isArray(value) ? value.join('+') : value}`)
    .reverse()
    .join(', ')
}
