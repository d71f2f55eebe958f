import { checkClock, timed } from './check-clock'
import { evidence, found, type Examination } from './examination'
import { issuerDifference } from './issuer-difference'
import { parseJwks, signingKeys } from './jwks'
import { judgeAlgorithms, judgeEndpoints, judgePkce } from './metadata-judgements'
import { discover, type OidcMetadata } from './oidc-discovery'
import type { Finding, OidcChecks } from './oidc-ladder'
import { productView } from './rule-book/advice'
import { productOf } from './rule-book/rule-book'

type MetadataStage = 'discovery' | 'issuer' | 'endpoints' | 'jwks' | 'pkce' | 'clock'

/** What the provider says of itself, and whether it holds together. */
export function metadataChecks(run: Examination): Pick<OidcChecks, MetadataStage> {
  return {
    discovery: () => checkDiscovery(run),
    issuer: () => checkIssuer(run),
    endpoints: () => checkEndpoints(run),
    jwks: () => checkJwks(run),
    pkce: () => checkPkce(run),
    clock: (signal) => checkClock(run, signal),
  }
}

async function checkDiscovery(run: Examination): Promise<Finding> {
  const { texts: t } = run
  run.discovery = await discover({ fetch: (address, init) => timed(run, address, init) }, run.provider.issuer)
  const { address, metadata } = run.discovery
  run.product = productOf(metadata) ?? run.product
  const view = productView(t, run.product)
  const detail = evidence(t, { product: view?.name, limits: view?.limits.join(' ') })
  return { status: 'passed', summary: t('oidc.stage.discovery.passed', { address }), detail }
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
  const response = await timed(run, metadata.jwks_uri ?? '')
  run.keys = parseJwks(response.status, await response.text())
  const keys = signingKeys(run.keys)
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
