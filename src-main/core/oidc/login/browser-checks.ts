import { AppError } from '../../../contract/errors'
import { titleOf } from '../../app/texts'
import { clockSentence } from '../check-clock'
import { evidence, found } from '../examination'
import type { Check, Finding } from '../oidc-ladder'
import { translateOidcError } from '../oidc-errors'
import { throughBrowser } from '../oidc-sign-in'
import { redeemCode } from '../token-exchange'
import type { LoginRun } from './login-run'

/** The part of a sign-in that the person sees: out to the provider's page and back. */
export function browserChecks(run: LoginRun): Record<'authorize' | 'callback', Check> {
  return { authorize: (signal) => authorize(run, signal), callback: (signal) => callback(run, signal) }
}

async function authorize(run: LoginRun, signal: AbortSignal): Promise<Finding> {
  const { provider, clock, logger, texts: t } = run
  const metadata = found(run.discovery).metadata
  run.context = {
    ...{ provider, clock, logger, channel: found(run.channel) },
    known: { metadata, jwks: null, method: run.method },
    onRefusal: (answer) => (run.answer = answer),
  }
  const address = await new Promise<string>((resolve, reject) => {
    const browser = {
      open: (url: string) =>
        run.browser.open(url).then(
          () => resolve(url),
          (cause: unknown) => {
            throw cause instanceof AppError ? cause : new AppError('OIDC_BROWSER', { cause })
          },
        ),
    }
    const visit = throughBrowser({ ...run, browser }, found(run.context), { ...run, signal: run.signal })
    run.visit = visit
    visit.then(() => resolve(''), reject)
    signal.addEventListener('abort', () => reject(new AppError('OIDC_TIMEOUT')), { once: true })
  })
  return { status: 'passed', summary: t('oidcLogin.authorize.passed'), detail: requestOf(run, address) }
}

/** What was asked for, without the one-time values. */
function requestOf({ texts: t }: LoginRun, address: string) {
  if (address === '') return []
  const { origin, pathname, searchParams } = new URL(address)
  const value = (name: string) => searchParams.get(name)
  return evidence(t, {
    address: origin + pathname,
    client_id: value('client_id'),
    redirectUri: value('redirect_uri'),
    scopes: value('scope'),
    prompt: value('prompt'),
    methods: value('code_challenge_method'),
  })
}

async function callback(run: LoginRun, signal: AbortSignal): Promise<Finding> {
  const { texts: t } = run
  const timeout = new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new AppError('OIDC_CALLBACK_TIMEOUT')), { once: true }),
  )
  try {
    run.arrival = await Promise.race([found(run.visit), timeout])
  } catch (error) {
    const failure = translateOidcError(error, 'callback')
    if (failure.code !== 'OIDC_STATE_EXPIRED') throw failure
    return {
      status: 'failed',
      code: failure.code,
      summary: `${titleOf(t, failure.code)} ${clockSentence(run)}`,
    }
  }
  const { callback: answer, secrets } = run.arrival
  const issuer = found(run.discovery).metadata
  const stated = answer.searchParams.get('iss')
  const isForeign =
    stated === null
      ? issuer.authorization_response_iss_parameter_supported === true
      : stated !== issuer.issuer
  if (answer.searchParams.has('error') || isForeign) {
    // The sign-in's own verdict: it looks at the answer before it sends anything.
    await redeemCode(found(run.context), answer, secrets).catch((error: unknown) => {
      throw translateOidcError(error, 'callback')
    })
  }
  const detail = evidence(t, { address: answer.origin + answer.pathname, stated })
  return { status: 'passed', summary: t('oidcLogin.callback.passed'), detail }
}
