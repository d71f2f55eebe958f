import { z } from 'zod'
import { AppError } from '../../../contract/errors'
import type { InspectFinding } from '../../../contract/inspection'
import type { OidcSettings } from '../../app/ports'
import { clockTolerance, inspectIdToken } from '../id-token'
import { adviceFor } from '../rule-book/advice'
import { productOfIssuer } from '../rule-book/rule-book'
import type { Product } from '../rule-book/products'
import { claimFindings } from './inspect-claims'
import { failed, labelled, passed, providerOf, spanOf, warning, type Bench, type Looked } from './inspection'

const claimsSchema = z.record(z.string(), z.unknown())
type Claims = z.infer<typeof claimsSchema>

const joseForm = /^[\w-]+(?:\.[\w-]*){2}(?:\.[\w-]*\.[\w-]*)?$/

/** A compact JWS or JWE by its form: three or five parts of base64url (RFC 7515 §7.1, RFC 7516 §7.1). */
export const isJose = (text: string): boolean => joseForm.test(text) && partOf(text, 0) !== null

function partOf(token: string, index: number): Claims | null {
  try {
    const text = Buffer.from(token.split('.')[index] ?? '', 'base64url').toString('utf8')
    return claimsSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** A token as it was pasted: its form, its times, for whom and by whom; the signature needs keys, so it stays unchecked. */
export function inspectToken(bench: Bench, token: string): Looked {
  const header = partOf(token, 0) ?? {}
  const claims = partOf(token, 1)
  if (token.split('.').length === 5) return encrypted(bench, header)
  const product = claims === null ? null : productOfIssuer(textOf(claims['iss']))
  const findings = [...formFindings(bench, { token, header, product })]
  if (claims !== null) findings.push(...contentFindings(bench, { claims, header, product }))
  return { kind: 'id-token', product, findings }
}

function encrypted(bench: Bench, header: Claims): Looked {
  const message = bench.t('oidcInspect.token.encrypted', { enc: textOf(header['enc']) })
  const finding = failed(bench)('OIDC_ID_TOKEN_ENCRYPTED', message, {
    detail: labelled(Object.entries(header)),
  })
  return { kind: 'encrypted-token', product: null, findings: [finding] }
}

interface Token {
  readonly claims: Claims
  readonly header: Claims
  readonly product: Product | null
}

/** The same look at the form that a sign-in takes before anything else. */
function formFindings(
  bench: Bench,
  { token, header, product }: Omit<Token, 'claims'> & { token: string },
): InspectFinding[] {
  const detail = labelled(Object.entries(header))
  try {
    inspectIdToken(token)
    return [passed(bench.t('oidcInspect.token.unsigned'), detail)]
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [failed(bench)(error.code, bench.t(`codes.${error.code}.title`), { detail, product })]
  }
}

function contentFindings(bench: Bench, token: Token): InspectFinding[] {
  const { claims, product } = token
  const provider = providerOf(bench, claims['iss'])
  const missing = textOf(claims['sub']) === ''
  return [
    ...issuerFindings(bench, claims, provider),
    ...(provider === null ? [] : audienceFindings(bench, claims, provider)),
    ...timeFindings(bench, claims, product),
    ...(missing
      ? [failed(bench)('OIDC_MISSING_SUBJECT', bench.t('oidcInspect.token.noSubject'), { product })]
      : []),
    ...useFindings(bench, token),
    ...claimFindings(bench, { claims, provider, product }),
  ]
}

function issuerFindings(bench: Bench, claims: Claims, provider: OidcSettings | null): InspectFinding[] {
  const { t, providers } = bench
  if (provider !== null) return [passed(t('oidcInspect.token.issuerKnown', { provider: provider.name }))]
  if (providers.length === 0) return []
  const message = t('oidcInspect.token.issuer', { stated: textOf(claims['iss']) })
  return [warning(bench)('OIDC_ID_TOKEN_ISSUER', message, { detail: configuredIssuers(bench) })]
}

const configuredIssuers = ({ providers }: Bench) =>
  labelled(providers.map(({ name, issuer }) => [name, issuer] as const))

/** OpenID Connect Core §3.1.3.7: the client is among the audience, and is the authorised party where one is named. */
function audienceFindings(bench: Bench, claims: Claims, provider: OidcSettings): InspectFinding[] {
  const { t } = bench
  const { aud, azp } = claims
  const audience = (Array.isArray(aud) ? aud : [aud]).map(textOf)
  const expected = provider.clientId
  if (!audience.includes(expected)) {
    const words = { audience: audience.join(', '), expected, provider: provider.name }
    return [failed(bench)('OIDC_ID_TOKEN_AUDIENCE', t('oidcInspect.token.audience', words))]
  }
  if (azp === undefined || azp === expected) return []
  return [
    failed(bench)('OIDC_ID_TOKEN_AUDIENCE', t('oidcInspect.token.party', { azp: textOf(azp), expected })),
  ]
}

const secondsOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
/** Years that a date can hold; a claim is anything. */
const whenOf = (seconds: number) =>
  Math.abs(seconds) < 8.64e12 ? new Date(seconds * 1000).toISOString() : String(seconds)

function timeFindings(bench: Bench, claims: Claims, product: Product | null): InspectFinding[] {
  const { t } = bench
  const now = bench.now.getTime() / 1000
  const [iat, nbf, exp] = [claims['iat'], claims['nbf'], claims['exp']].map(secondsOf)
  const from = Math.max(nbf ?? -Infinity, iat ?? -Infinity)
  if (exp === null || exp === undefined)
    return [failed(bench)('OIDC_ID_TOKEN_MALFORMED', t('codes.OIDC_ID_TOKEN_MALFORMED.title'), { product })]
  if (from > now + clockTolerance) {
    const message = t('oidcInspect.token.early', { from: whenOf(from), in: spanOf(t, from - now) })
    return [failed(bench)('OIDC_ID_TOKEN_NOT_YET_VALID', message)]
  }
  if (exp + clockTolerance < now) {
    const message = t('oidcInspect.token.expired', { until: whenOf(exp), ago: spanOf(t, now - exp) })
    return [warning(bench)('OIDC_ID_TOKEN_EXPIRED', message)]
  }
  return [passed(t('oidcInspect.token.now', { until: whenOf(exp) }))]
}

/** What the token is for: an access token in JWT form (RFC 9068) is often taken for an ID token. */
function useFindings(bench: Bench, { claims, header, product }: Token): InspectFinding[] {
  const { t } = bench
  const isAccess = /^(?:application\/)?at\+jwt$/i.test(textOf(header['typ'])) || claims['scp'] !== undefined
  const code = 'OIDC_ID_TOKEN_MALFORMED'
  if (isAccess) return [warning(bench)(code, t('oidcInspect.token.accessToken'), { product })]
  if (claims['nonce'] !== undefined) return []
  return [warning(bench)('OIDC_NONCE', t('oidcInspect.token.noNonce'), { next: adviceFor(t, product, code) })]
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
}
