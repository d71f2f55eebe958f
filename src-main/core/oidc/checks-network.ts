import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { DetailedPeerCertificate } from 'node:tls'
import { AppError } from '../../contract/errors'
import { titleOf } from '../app/texts'
import { configFaults, isLoopbackHost, isLoopbackIssuer } from './addresses'
import { evidence, found, type Examination } from './examination'
import { translateOidcError } from './oidc-errors'
import { openChannel } from './oidc-fetch'
import type { Evidence, Finding, OidcChecks } from './oidc-ladder'
import { productOfIssuer } from './rule-book/rule-book'
import { examineTls, openSocket, openTunnel, type Target, type TlsExamination } from './tls-examination'

/** From the settings to an encrypted connection; with a web proxy, name and port are the proxy's. */
export function networkChecks(run: Examination): Pick<OidcChecks, 'config' | 'dns' | 'tcp' | 'tls'> {
  return {
    config: () => checkConfig(run),
    dns: () => checkDns(run),
    tcp: (signal) => checkTcp(run, signal),
    tls: (signal) => checkTls(run, signal),
  }
}

async function checkConfig(run: Examination): Promise<Finding> {
  const { provider, texts: t } = run
  const settings = configFaults(provider).join(', ')
  if (settings !== '') {
    const summary = t('oidc.stage.config.failed', { settings })
    return { status: 'failed', code: 'OIDC_CONFIG_INVALID', summary, detail: evidence(t, { settings }) }
  }
  run.channel = await openChannel(run)
  run.product = productOfIssuer(provider.issuer)
  const kind = provider.clientSecret === null ? 'public' : 'confidential'
  const client = t(`oidc.client.${kind}`, { id: provider.clientId })
  return {
    status: 'passed',
    summary: t('oidc.stage.config.passed', { client, issuer: provider.issuer }),
    detail: evidence(t, { scopes: provider.scopes.join(' '), file: provider.caFile }),
  }
}

function issuerTarget({ provider }: Examination): Target {
  const { hostname, port, protocol } = new URL(provider.issuer)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) }
}

function firstHop(run: Examination): { target: Target; proxy: URL | null } {
  const proxy = found(run.channel).proxyFor(run.provider.issuer)
  if (proxy === null) return { target: issuerTarget(run), proxy }
  return { target: { host: proxy.hostname, port: Number(proxy.port || 80) }, proxy }
}

async function checkDns(run: Examination): Promise<Finding> {
  const t = run.texts
  const { target, proxy } = firstHop(run)
  const { host } = target
  const answers = isIP(host) ? [{ address: host }] : await lookup(host, { all: true })
  run.addresses = answers.map(({ address }) => address)
  const summary = isIP(host)
    ? t('oidc.stage.dns.literal', { host })
    : t('oidc.stage.dns.passed', { host, count: answers.length })
  return {
    status: 'passed',
    summary,
    detail: evidence(t, { addresses: run.addresses.join(', '), proxy: proxy?.host }),
  }
}

/** Each address in turn; the first that works is taken, and those before it are named. */
async function checkTcp(run: Examination, signal: AbortSignal): Promise<Finding> {
  const t = run.texts
  const { host, port } = firstHop(run).target
  const failures: { address: string; error: AppError }[] = []
  for (const address of run.addresses) {
    try {
      const socket = await openSocket({ host: address, port }, signal)
      socket.destroy()
      run.address = address
      break
    } catch (error) {
      failures.push({ address, error: translateOidcError(error, 'discovery') })
      if (signal.aborted) throw error
    }
  }
  const detail: Evidence[] = failures.map(({ address, error }) => ({ label: address, value: error.code }))
  const code = failures[0]?.error.code
  if (run.address === null) {
    const summary = t('oidc.stage.tcp.failed', { host, port })
    return { status: 'failed', code: code ?? 'OIDC_UNREACHABLE', summary, detail }
  }
  const words = { address: run.address, port }
  const passed: Finding = { status: 'passed', summary: t('oidc.stage.tcp.passed', words) }
  if (code === undefined || isLoopbackHost(host)) return passed
  return { status: 'warning', code, summary: t('oidc.stage.tcp.some', words), detail }
}

async function checkTls(run: Examination, signal: AbortSignal): Promise<Finding> {
  const { texts: t, provider } = run
  if (isLoopbackIssuer(provider.issuer)) return { status: 'passed', summary: t('oidc.stage.tls.loopback') }
  const target = issuerTarget(run)
  const { proxy } = firstHop(run)
  const socket = await (proxy === null
    ? openSocket({ host: found(run.address), port: target.port }, signal)
    : openTunnel(proxy, target, signal))
  const abort = (): void => void socket.destroy()
  signal.addEventListener('abort', abort, { once: true })
  try {
    const { trust, secureContext } = found(run.channel)
    run.tls = await examineTls(socket, target.host, { store: trust, secureContext })
    return describeTls(run, run.tls)
  } finally {
    signal.removeEventListener('abort', abort)
    socket.destroy()
  }
}

function describeTls({ texts: t }: Examination, examined: TlsExamination): Finding {
  const { chain, verdict, protocol } = examined
  const leaf = chain[0]
  if (leaf === undefined) throw new AppError('OIDC_TLS_UNTRUSTED_CA')
  const source = t(`oidc.source.${examined.source ?? 'unknown'}`)
  const words = {
    subject: nameOf(leaf.subject),
    issuer: nameOf(leaf.issuer),
    until: leaf.valid_to,
    protocol,
    source,
  }
  const detail = evidence(t, {
    protocol,
    cipher: examined.cipher,
    certificate: nameOf(leaf.subject),
    names: leaf.subjectaltname,
    issuedBy: nameOf(leaf.issuer),
    validFrom: leaf.valid_from,
    validUntil: leaf.valid_to,
    fingerprint: leaf.fingerprint256,
    chain: chain.map((link) => nameOf(link.subject)).join(' ← '),
    trustedBy: verdict === null ? source : null,
    verdict: verdict?.reason,
  })
  if (verdict === null) return { status: 'passed', summary: t('oidc.stage.tls.passed', words), detail }
  const summary = t('oidc.stage.tls.failed', { ...words, title: titleOf(t, verdict.code) })
  return { status: 'failed', code: verdict.code, summary, detail }
}

function nameOf(name: DetailedPeerCertificate['subject']): string {
  const { CN, O } = name as Partial<DetailedPeerCertificate['subject']>
  const word = CN ?? O ?? '?'
  return Array.isArray(word) ? word.join(', ') : word
}
