import type { Code } from '../../../contract/errors'
import { clockSentence } from '../check-clock'
import { evidence, found, withAnswer } from '../examination'
import { hasGaps, personOf } from '../oidc-claims'
import { findingOf, type Check, type Finding } from '../oidc-ladder'
import { translateOidcError } from '../oidc-errors'
import { fillGaps, redeemCode } from '../token-exchange'
import type { LoginRun } from './login-run'
import { anatomyOf, anatomyEvidence } from './token-anatomy'
import { missingClaims } from './missing-claims'

type TokenStage = 'token' | 'idtoken' | 'userinfo' | 'claims' | 'decision'

/** From the code to the decision, by the functions of the sign-in itself. */
export function tokenChecks(run: LoginRun): Record<TokenStage, Check> {
  return {
    token: () => token(run),
    idtoken: () => idToken(run),
    userinfo: () => userinfo(run),
    claims: () => claims(run),
    decision: () => decision(run),
  }
}

/** The library redeems and checks in one go; what it refuses the ID token for belongs to the next stage. */
const ofIdToken = (code: Code) =>
  code.startsWith('OIDC_ID_TOKEN_') || ['OIDC_NONCE', 'OIDC_MISSING_SUBJECT', 'OIDC_JWKS'].includes(code)

async function token(run: LoginRun): Promise<Finding> {
  const { texts: t } = run
  const context = found(run.context)
  const { callback, secrets } = found(run.arrival)
  const sentAt = run.clock.now()
  try {
    run.tokens = await redeemCode(context, callback, secrets)
    const iat = Number(run.tokens.claims['iat'])
    run.times.push({ source: 'token', stated: new Date(iat * 1000), sentAt, receivedAt: run.clock.now() })
  } catch (error) {
    const failure = translateOidcError(error, 'token')
    if (!ofIdToken(failure.code)) throw withAnswer(run, failure)
    run.refusal = failure
  }
  const { method } = context.known
  const detail = evidence(t, { method: method ?? undefined, scopes: run.provider.scopes.join(' ') })
  return { status: 'passed', summary: t('oidcLogin.token.passed'), detail }
}

function idToken(run: LoginRun): Finding {
  const { texts: t, tokens } = run
  if (tokens === null) return refusedToken(run)
  run.anatomy = anatomyOf(tokens.hint, tokens.claims, run.clock.now())
  return {
    status: 'passed',
    summary: t('oidcLogin.idtoken.passed'),
    detail: anatomyEvidence(t, run.anatomy),
  }
}

const ofTime: ReadonlySet<Code> = new Set(['OIDC_ID_TOKEN_EXPIRED', 'OIDC_ID_TOKEN_NOT_YET_VALID'])

/** A token that is too old or too young says less about itself than about two clocks. */
function refusedToken(run: LoginRun): Finding {
  const { texts: t } = run
  const failure = translateOidcError(run.refusal, 'token')
  const finding = findingOf(failure, t)
  if (!ofTime.has(failure.code)) return finding
  return { ...finding, summary: `${finding.summary} ${clockSentence(run)}` }
}

async function userinfo(run: LoginRun): Promise<Finding> {
  const { texts: t, provider } = run
  const tokens = found(run.tokens)
  run.sources = { idToken: tokens.claims, userinfo: null }
  if (!hasGaps(tokens.claims, provider))
    return { status: 'passed', summary: t('oidcLogin.userinfo.needless') }
  if (found(run.context).known.metadata.userinfo_endpoint === undefined)
    return { status: 'warning', summary: t('oidcLogin.userinfo.none') }
  const answer = await fillGaps(found(run.context), tokens)
  if (answer === null) {
    const next = t('oidcLogin.userinfo.failedNext')
    return { status: 'warning', code: 'OIDC_USERINFO', summary: t('oidcLogin.userinfo.failed'), next }
  }
  run.sources = { idToken: tokens.claims, userinfo: answer }
  const added = Object.keys(answer).filter((name) => !Object.hasOwn(tokens.claims, name))
  const words = { count: added.length }
  return {
    status: 'passed',
    summary: t('oidcLogin.userinfo.passed', words),
    detail: evidence(t, { fields: added.join(', ') }),
  }
}

function claims(run: LoginRun): Finding {
  const { texts: t, provider } = run
  const sources = run.sources ?? { idToken: found(run.tokens).claims, userinfo: null }
  run.sources = sources
  const missing = missingClaims(t, { sources, provider, product: run.product })
  if (missing.length === 0) return { status: 'passed', summary: t('oidcLogin.claims.passed') }
  const code = missing.find((each) => each.code !== null)?.code
  return {
    status: 'warning',
    ...(code === undefined || code === null ? {} : { code }),
    summary: t('oidcLogin.claims.missing', { names: missing.map(({ name }) => name).join(', ') }),
    detail: missing.map(({ name, next }) => ({ label: name, value: next })),
    next: missing[0]?.next ?? '',
  }
}

async function decision(run: LoginRun): Promise<Finding> {
  const { texts: t } = run
  const ended = run.stages.find(({ status }) => status === 'failed')
  if (ended !== undefined) {
    const summary = t('oidcLogin.decision.ended', { stage: ended.id })
    const { code, next } = ended
    return {
      status: 'failed',
      ...(code === null ? {} : { code }),
      summary,
      ...(next === null ? {} : { next }),
    }
  }
  const person = personOf(found(run.sources), run.provider)
  run.decided = await run.decide(person)
  const { allowed, code, reason, next } = run.decided.decision
  if (allowed) return { status: 'passed', summary: reason }
  return {
    status: 'failed',
    code: code ?? 'SIGN_IN_REFUSED',
    summary: reason,
    ...(next === null ? {} : { next }),
  }
}
