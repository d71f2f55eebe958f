import { evidence, found, type Examination } from './examination'
import { issuerDifference } from './issuer-difference'
import { parseJwks, signingKeys } from './jwks'
import { judgeAlgorithms, judgeEndpoints, judgePkce } from './metadata-judgements'
import { discover, type OidcMetadata } from './oidc-discovery'
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

function checkEndpoints({ texts, discovery, provider }: Examination): Finding {
  return judgeEndpoints(texts, found(discovery).metadata, provider)
}

async function checkJwks(run: Examination): Promise<Finding> {
  const t = run.texts
  const metadata = metadataOf(run)
  const response = await found(run.channel).fetch(metadata.jwks_uri ?? '')
  const keys = signingKeys(parseJwks(response.status, await response.text()))
  const algorithms = metadata.id_token_signing_alg_values_supported?.join(', ')
  const detail = evidence(t, {
    keys: keys
      .map((key) => [key.kty, key.alg, key.kid].filter((part) => part !== undefined).join(' '))
      .join(', '),
    algorithms,
  })
  const unaccepted = judgeAlgorithms(t, metadata)
  if (unaccepted !== null) return { ...unaccepted, detail }
  if (keys.length === 0)
    return { status: 'failed', code: 'OIDC_JWKS', summary: t('oidc.stage.jwks.empty'), detail }
  return { status: 'passed', summary: t('oidc.stage.jwks.passed', { count: keys.length }), detail }
}

function checkPkce({ texts, discovery }: Examination): Finding {
  return judgePkce(texts, found(discovery).metadata)
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
