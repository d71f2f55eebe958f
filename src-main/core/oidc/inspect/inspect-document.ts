import { z } from 'zod'
import type { InspectFinding } from '../../../contract/inspection'
import { issuerDifference } from '../issuer-difference'
import { parseJwks, signingKeys, type Jwk } from '../jwks'
import { judgeMetadata } from '../metadata-judgements'
import { metadataSchema, type OidcMetadata } from '../oidc-discovery'
import type { Product } from '../rule-book/products'
import { productOf } from '../rule-book/rule-book'
import { inspectClaims } from './inspect-claims'
import { inspectToken, isJose } from './inspect-token'
import {
  errorFinding,
  failed,
  labelled,
  passed,
  productFindings,
  providerOf,
  spanOf,
  warning,
} from './inspection'
import type { Bench, Looked } from './inspection'

const objectSchema = z.record(z.string(), z.unknown())
type Json = z.infer<typeof objectSchema>
const errorSchema = z.looseObject({ error: z.string(), error_description: z.string().catch('') })

/** JSON as it was pasted; null where it is none of the documents of OpenID Connect. */
export function inspectDocument(bench: Bench, json: unknown): Looked | null {
  const object = objectSchema.safeParse(json).data
  if (object === undefined) return null
  if (Array.isArray(object['keys'])) return keySet(bench, object)
  if (typeof object['kty'] === 'string') return keySet(bench, { keys: [object] })
  const error = errorSchema.safeParse(object).data
  if (error !== undefined) return refusal(bench, error)
  if ('access_token' in object || 'id_token' in object) return answer(bench, object)
  if ('authorization_endpoint' in object || 'jwks_uri' in object) return description(bench, object)
  return 'sub' in object || 'email' in object ? inspectClaims(bench, object) : null
}

function refusal(
  bench: Bench,
  { error, error_description: description }: z.infer<typeof errorSchema>,
): Looked {
  const { product, finding } = errorFinding(bench, { error, description, otherwise: 'OIDC_TOKEN_EXCHANGE' })
  return { kind: 'error', product, findings: [finding] }
}

/** OpenID Connect Discovery §3, judged by the rules of the doctor. */
function description(bench: Bench, object: Json): Looked {
  const parsed = metadataSchema.safeParse(object)
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')
    const finding = failed(bench)('OIDC_DISCOVERY_INVALID', bench.t('codes.OIDC_DISCOVERY_INVALID.title'), {
      detail: labelled([['fields', fields]]),
    })
    return { kind: 'discovery', product: null, findings: [finding] }
  }
  const metadata = parsed.data
  const product = productOf(metadata)
  const findings = [
    ...configuredFindings(bench, metadata, product),
    ...judged(bench, metadata, product),
    ...offered(bench, metadata),
    ...productFindings(bench, product),
  ]
  return { kind: 'discovery', product, findings }
}

/** Whether it is a configured provider's, or nearly one's: then the first different character is shown. */
function configuredFindings(
  bench: Bench,
  { issuer }: OidcMetadata,
  product: Product | null,
): InspectFinding[] {
  const { t, providers } = bench
  const provider = providerOf(bench, issuer)
  if (provider !== null) return [passed(t('oidcInspect.discovery.configured', { provider: provider.name }))]
  const near = providers
    .map((each) => ({ each, difference: issuerDifference(each.issuer, issuer) }))
    .find(({ difference }) => difference !== null && difference.kind !== 'other')
  if (near === undefined)
    return providers.length === 0 ? [] : [passed(t('oidcInspect.discovery.notConfigured'))]
  const words = { provider: near.each.name, configured: near.each.issuer, stated: issuer }
  const next = t('oidcInspect.nextOf.discovery', { stated: issuer })
  return [failed(bench)('OIDC_ISSUER_MISMATCH', t('oidcInspect.discovery.nearly', words), { next, product })]
}

function judged(bench: Bench, metadata: OidcMetadata, product: Product | null): InspectFinding[] {
  const scopes = providerOf(bench, metadata.issuer)?.scopes ?? []
  const findings = judgeMetadata(bench.t, metadata, scopes)
  if (findings.every(({ status }) => status === 'passed'))
    return [passed(bench.t('oidcInspect.discovery.sound'))]
  return findings.flatMap(({ status, code, summary, detail = [] }) =>
    status === 'passed' || code === undefined
      ? []
      : [(status === 'failed' ? failed : warning)(bench)(code, summary, { detail: [...detail], product })],
  )
}

function offered({ t }: Bench, metadata: OidcMetadata): InspectFinding[] {
  return [
    ...(metadata.userinfo_endpoint === undefined ? [passed(t('oidcInspect.discovery.userinfoOnly'))] : []),
    ...(typeof metadata['end_session_endpoint'] === 'string'
      ? []
      : [passed(t('oidcInspect.discovery.noEndSession'))]),
  ]
}

const describeKey = (key: Jwk) =>
  [key.kty, key.alg, key.use, key.kid].filter((part) => part !== undefined).join(' ')
/** The members of a key that are nobody's but its owner's (RFC 7518 §6). */
const isSecret = (key: Jwk) => key.kty === 'oct' || 'd' in key || 'k' in key

function keySet(bench: Bench, object: Json): Looked {
  const { t } = bench
  const keys = keysOf(object)
  if (keys === null)
    return { kind: 'jwks', product: null, findings: [failed(bench)('OIDC_JWKS', t('codes.OIDC_JWKS.title'))] }
  const usable = signingKeys(keys)
  const detail = keys.map((key) => ({ label: '', value: describeKey(key) }))
  const ids = keys.map(({ kid }) => kid).filter((kid) => kid !== undefined)
  const twice = ids.find((kid, index) => ids.indexOf(kid) !== index)
  const findings = [
    usable.length > 0
      ? passed(t('oidcInspect.jwks.usable', { count: usable.length }), detail)
      : failed(bench)('OIDC_JWKS', t('oidcInspect.jwks.none'), { detail }),
    ...(keys.some(isSecret)
      ? [
          failed(bench)('OIDC_JWKS', t('oidcInspect.jwks.secret'), {
            next: t('oidcInspect.nextOf.secretKey'),
          }),
        ]
      : []),
    ...(twice === undefined
      ? []
      : [warning(bench)('OIDC_JWKS', t('oidcInspect.jwks.twice', { kid: twice }))]),
  ]
  return { kind: 'jwks', product: null, findings }
}

function keysOf(object: Json): readonly Jwk[] | null {
  try {
    return parseJwks(200, JSON.stringify(object))
  } catch {
    return null
  }
}

const tokens = ['id_token', 'access_token', 'refresh_token'] as const

/** RFC 6749 §5.1: which tokens came, and what the ID token says; no token is repeated. */
function answer(bench: Bench, object: Json): Looked {
  const { t } = bench
  const brought = tokens.filter((name) => typeof object[name] === 'string')
  const lifetime = typeof object['expires_in'] === 'number' ? object['expires_in'] : null
  const idToken = object['id_token']
  const looked = typeof idToken === 'string' && isJose(idToken) ? inspectToken(bench, idToken) : null
  const findings = [
    passed(t('oidcInspect.answer.tokens', { tokens: brought.join(', ') })),
    ...(lifetime === null
      ? []
      : [passed(t('oidcInspect.answer.lifetime', { lifetime: spanOf(t, lifetime) }))]),
    ...(looked?.findings ?? [failed(bench)('OIDC_ID_TOKEN_MALFORMED', t('oidcInspect.answer.noIdToken'))]),
  ]
  return { kind: 'token-answer', product: looked?.product ?? null, findings }
}
