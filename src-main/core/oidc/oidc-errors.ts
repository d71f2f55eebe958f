import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client'
import { AppError, type Code, type Details, type OidcCode } from '../../contract/errors'
import { networkCode } from './network-errors'
import { codeOfOauthError } from './oauth-errors'

/** What was being done; the same fault of a library means different things at different times. */
export type OidcPhase = 'discovery' | 'callback' | 'token' | 'userinfo'

const fallback: Readonly<Record<OidcPhase, OidcCode>> = {
  discovery: 'OIDC_DISCOVERY_INVALID',
  callback: 'OIDC_CALLBACK_REJECTED',
  token: 'OIDC_TOKEN_EXCHANGE',
  userinfo: 'OIDC_USERINFO',
}

const claimCodes: Readonly<Record<string, OidcCode>> = {
  iss: 'OIDC_ID_TOKEN_ISSUER',
  aud: 'OIDC_ID_TOKEN_AUDIENCE',
  azp: 'OIDC_ID_TOKEN_AUDIENCE',
  nonce: 'OIDC_NONCE',
  exp: 'OIDC_ID_TOKEN_EXPIRED',
  iat: 'OIDC_ID_TOKEN_NOT_YET_VALID',
  nbf: 'OIDC_ID_TOKEN_NOT_YET_VALID',
}
const requiredClaims = ['sub', 'nonce', 'iss', 'aud', 'exp', 'iat'] as const

/** The provider could not be asked at all; says nothing about the person and must not count against anybody. */
const outages: ReadonlySet<Code> = new Set<Code>([
  'OIDC_DNS_NOT_FOUND',
  'OIDC_CONNECT_REFUSED',
  'OIDC_UNREACHABLE',
  'OIDC_TIMEOUT',
  'OIDC_PROXY',
  'OIDC_TLS_SELF_SIGNED',
  'OIDC_TLS_UNTRUSTED_CA',
  'OIDC_TLS_MISSING_INTERMEDIATE',
  'OIDC_TLS_EXPIRED',
  'OIDC_TLS_NOT_YET_VALID',
  'OIDC_TLS_HOSTNAME',
  'OIDC_TLS_VERSION',
  'OIDC_TLS_WEAK',
  'OIDC_CA_FILE',
  'OIDC_HTTP_STATUS',
  'OIDC_DISCOVERY_NOT_FOUND',
  'OIDC_DISCOVERY_INVALID',
  'OIDC_JWKS',
  'OIDC_UNAVAILABLE',
])

export function isOidcOutage(code: Code): boolean {
  return outages.has(code)
}

/** The one translation of what openid-client, undici and Node throw; what it returns holds no token and no secret. */
export function translateOidcError(error: unknown, phase: OidcPhase): AppError {
  const chain = [...causes(error)]
  const own = chain.find((link) => link instanceof AppError)
  if (own !== undefined) return own
  const { code, details } = codeOf(chain, phase)
  return new AppError(code, { details, cause: safeCause(chain) })
}

interface Verdict {
  readonly code: OidcCode
  readonly details: Details
}

function codeOf(chain: readonly unknown[], phase: OidcPhase): Verdict {
  for (const link of chain) {
    const verdict = answered(link, phase) ?? verified(link)
    if (verdict !== null) return verdict
    const network = networkCode(link)
    if (network !== null) return { code: network, details: {} }
  }
  return { code: fallback[phase], details: {} }
}

/** The provider said no, in the protocol's words or with an HTTP status. */
function answered(link: unknown, phase: OidcPhase): Verdict | null {
  if (link instanceof AuthorizationResponseError) {
    return refused(link, 'OIDC_PROVIDER_ERROR')
  }
  if (link instanceof ResponseBodyError) return refused(link, fallback[phase])
  if (link instanceof WWWAuthenticateChallengeError) {
    return {
      code: phase === 'token' ? 'OIDC_CLIENT_REJECTED' : fallback[phase],
      details: { status: link.status },
    }
  }
  const status = statusOf(link)
  if (status === null) return null
  return {
    code: phase === 'token' && status >= 500 ? 'OIDC_HTTP_STATUS' : fallback[phase],
    details: { status },
  }
}

function refused(answer: { error: string; error_description?: string }, otherwise: OidcCode): Verdict {
  const description = answer.error_description?.slice(0, 2000)
  return {
    code: codeOfOauthError(answer.error) ?? otherwise,
    details: { error: answer.error.slice(0, 100), ...(description === undefined ? {} : { description }) },
  }
}

/** A token or an answer that the checks refused; `cause` of oauth4webapi's errors says which claim. */
function verified(link: unknown): Verdict | null {
  if (!(link instanceof Error)) return null
  const { code, cause } = link as Error & { code?: unknown }
  const facts = isRecord(cause) ? cause : {}
  const claim = typeof facts['claim'] === 'string' ? claimCodes[facts['claim']] : undefined
  if (claim !== undefined) return { code: claim, details: expectation(facts) }
  if (facts['attribute'] === 'sub') return { code: 'OIDC_SUBJECT_MISMATCH', details: {} }
  if (facts['signature'] !== undefined || code === 'OAUTH_KEY_SELECTION_FAILED') {
    return { code: 'OIDC_ID_TOKEN_SIGNATURE', details: {} }
  }
  if (facts['header'] !== undefined || facts['alg'] !== undefined) return algorithmOf(facts)
  if (isRecord(facts['claims'])) return { code: missingClaim(facts['claims']), details: {} }
  return callbackIssuer(link, facts)
}

function callbackIssuer(link: Error, facts: Readonly<Record<string, unknown>>): Verdict | null {
  if (!(facts['parameters'] instanceof URLSearchParams) || !link.message.includes('"iss"')) return null
  return { code: 'OIDC_CALLBACK_ISSUER', details: { answered: facts['parameters'].get('iss') } }
}

function algorithmOf(facts: Readonly<Record<string, unknown>>): Verdict {
  const header = isRecord(facts['header']) ? facts['header'] : facts
  const alg = typeof header['alg'] === 'string' ? header['alg'].slice(0, 20) : null
  return { code: 'OIDC_ID_TOKEN_ALGORITHM', details: { alg } }
}

function missingClaim(claims: Readonly<Record<string, unknown>>): OidcCode {
  const missing = requiredClaims.find((name) => claims[name] === undefined)
  if (missing === 'sub' || typeof claims['sub'] !== 'string') return 'OIDC_MISSING_SUBJECT'
  if (missing === 'exp' || missing === 'iat' || missing === undefined) return 'OIDC_ID_TOKEN_MALFORMED'
  return claimCodes[missing] ?? 'OIDC_ID_TOKEN_MALFORMED'
}

/** What was expected and what came, for the claims that are no secret (a nonce is one). */
function expectation(facts: Readonly<Record<string, unknown>>): Details {
  const claim = String(facts['claim'])
  if (claim === 'nonce' || !isRecord(facts['claims'])) return { claim }
  const actual = JSON.stringify(facts['claims'][claim] ?? null).slice(0, 300)
  return { claim, actual, ...(typeof facts['expected'] === 'string' ? { expected: facts['expected'] } : {}) }
}

function* causes(error: unknown): Generator {
  let link = error
  for (let depth = 0; depth < 8 && link !== undefined && link !== null; depth++) {
    yield link
    if (link instanceof AggregateError) yield* link.errors as unknown[]
    link = link instanceof Error ? link.cause : undefined
  }
}

/** Class, code and message only: the libraries hang whole tokens and bodies onto their errors. */
function safeCause(chain: readonly unknown[]): Error {
  const links = chain.filter((link) => link instanceof Error)
  const lines = links.map((link) => {
    const { code } = link as { code?: unknown }
    const message = link instanceof SyntaxError ? 'not JSON' : link.message
    return `${link.name}${typeof code === 'string' ? ` ${code}` : ''}: ${message.slice(0, 200)}`
  })
  return new Error(lines.join(' ← '))
}

/** undici's Response, which is another class than the global one. */
function statusOf(link: unknown): number | null {
  if (Object.prototype.toString.call(link) !== '[object Response]') return null
  const { status } = link as { status?: unknown }
  return typeof status === 'number' ? status : null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
