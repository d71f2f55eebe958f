import { randomBytes } from 'node:crypto'
import { genericGrantRequest, randomPKCECodeVerifier } from 'openid-client'
import { AppError } from '../../contract/errors'
import { redirectUrisToRegister } from './addresses'
import { readableText } from './answer-text'
import { evidence, found, withAnswer, type Examination } from './examination'
import { authMethods, createClient, type Answer, type AuthMethod } from './oidc-client'
import { translateOidcError } from './oidc-errors'
import { evidenceOf, type Finding, type OidcChecks } from './oidc-ladder'

/** What can be known about our registration at the provider without anybody signing in. */
export function clientChecks(run: Examination): Pick<OidcChecks, 'client' | 'redirect'> {
  return { client: () => checkClient(run), redirect: () => checkRedirect(run) }
}

/** The address that would be listened on; an ephemeral port is as good as any other, since nothing is followed. */
function redirectUriOf({ provider }: Examination): string {
  const { host, ports, path } = provider.loopback
  return `http://${host}:${ports[0] ?? 49_152}${path}`
}

async function checkClient(run: Examination): Promise<Finding> {
  const { texts: t, provider } = run
  if (provider.clientSecretWithheld === true) throw new AppError('SECRET_REQUIRED')
  const { metadata } = found(run.discovery)
  let answer = { method: 'none' as AuthMethod, error: new AppError('OIDC_CLIENT_REJECTED') }
  for (const method of authMethods(provider, metadata)) {
    const error = await redeemMadeUpCode(run, method)
    if (error === null) {
      return { status: 'warning', code: 'OIDC_TOKEN_EXCHANGE', summary: t('oidc.stage.client.taken') }
    }
    answer = { method, error }
    if (error.code === 'OIDC_CLIENT_REJECTED') continue
    run.method = method
    break
  }
  return judgeClient(run, answer.error, answer.method)
}

async function redeemMadeUpCode(run: Examination, method: AuthMethod): Promise<AppError | null> {
  const { provider, clock } = run
  const channel = found(run.channel)
  const { metadata } = found(run.discovery)
  const onRefusal = (answer: Answer) => (run.answer = answer)
  const config = createClient({ provider, clock, channel, method, metadata, onRefusal })
  try {
    await genericGrantRequest(config, 'authorization_code', {
      code: randomBytes(24).toString('base64url'),
      redirect_uri: redirectUriOf(run),
      code_verifier: randomPKCECodeVerifier(),
    })
    return null
  } catch (error) {
    const failure = translateOidcError(error, 'token')
    if (failure.code.startsWith('OIDC_ID_TOKEN')) return null
    return failure
  }
}

/** What the provider takes (OpenID Connect Discovery §3); without a word of it Basic is meant. */
const announcedMethods = (run: Examination) =>
  (found(run.discovery).metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']).join(', ')

function judgeClient(run: Examination, failure: AppError, method: AuthMethod): Finding {
  const { texts: t } = run
  const { error } = failure.details
  const said = error === 'invalid_grant' ? failure : withAnswer(run, failure)
  const detail = [
    ...evidence(t, { method, announced: announcedMethods(run) }),
    ...evidenceOf(said.details, t),
  ]
  const word = typeof error === 'string' ? error : failure.code
  if (error === 'invalid_grant')
    return { status: 'passed', summary: t('oidc.stage.client.passed', { method }), detail }
  if (failure.code === 'OIDC_TOKEN_EXCHANGE') {
    return {
      status: 'warning',
      code: failure.code,
      summary: t('oidc.stage.client.odd', { error: word }),
      detail,
    }
  }
  return {
    status: 'failed',
    code: failure.code,
    summary: t('oidc.stage.client.failed', { error: word }),
    detail,
  }
}

/** Answers that only a provider gives that has accepted client and return address (OpenID Connect Core §3.1.2.6). */
const accepted: ReadonlySet<string> = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
])

async function checkRedirect(run: Examination): Promise<Finding> {
  const { texts: t } = run
  const redirectUri = redirectUriOf(run)
  const response = await found(run.channel).fetch(silentRequest(run, redirectUri), {
    headers: { accept: 'text/html' },
  })
  const location = response.headers.get('location')
  const body = await response.text()
  const status = response.status
  if (location?.startsWith(`${redirectUri}?`))
    return judgeAnswer(run, new URL(location).searchParams, redirectUri)
  const detail = evidence(t, {
    status,
    redirectUri,
    register: redirectUrisToRegister(run.provider).join(', '),
    ...(status >= 400 ? { body: readableText(body) } : {}),
  })
  if (status >= 400 && /redirect[_ -]?ur[il]|AADSTS50011/i.test(body)) {
    const summary = t('oidc.stage.redirect.failed', { redirectUri })
    return { status: 'failed', code: 'OIDC_REDIRECT_MISMATCH', summary, detail, next: registerAdvice(run) }
  }
  return {
    status: 'warning',
    summary: t('oidc.stage.redirect.unknown', { redirectUri }),
    detail,
    next: registerAdvice(run),
  }
}

function judgeAnswer(run: Examination, answer: URLSearchParams, redirectUri: string): Finding {
  const { texts: t } = run
  const error = answer.get('error') ?? ''
  const detail = evidence(t, { redirectUri, error, description: answer.get('error_description') })
  if (accepted.has(error) || answer.has('code')) {
    return { status: 'passed', summary: t('oidc.stage.redirect.passed', { redirectUri }), detail }
  }
  const summary = t('oidc.stage.redirect.refused', { error })
  if (error === 'invalid_scope') return { status: 'failed', code: 'OIDC_SCOPE_UNSUPPORTED', summary, detail }
  if (error === 'unauthorized_client')
    return { status: 'failed', code: 'OIDC_CLIENT_REJECTED', summary, detail }
  return { status: 'warning', code: 'OIDC_PROVIDER_ERROR', summary, detail }
}

function registerAdvice(run: Examination): string {
  return run.texts('oidc.advice.register', { redirectUris: redirectUrisToRegister(run.provider).join(', ') })
}

/** As a sign-in would ask, but with `prompt=none`: the provider must answer at once and show nobody anything. */
function silentRequest(run: Examination, redirectUri: string): string {
  const { provider } = run
  const url = new URL(found(run.discovery).metadata.authorization_endpoint ?? '')
  const parameters = {
    response_type: 'code',
    client_id: provider.clientId,
    redirect_uri: redirectUri,
    scope: provider.scopes.join(' '),
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: randomBytes(32).toString('base64url'),
    code_challenge_method: 'S256',
    prompt: 'none',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
