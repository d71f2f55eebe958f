import { isIP } from 'node:net'
import { AppError } from '../../contract/errors'
import type { Stage } from '../../contract/stages'
import type { Clock, LdapSettings } from '../app/ports'
import type { Facets } from '../diagnostics/facets'
import { bindFacets, clockFacets, tlsFacets } from './attempt-facets'
import { seeChain } from './chain-picture'
import { offersStartTls, tlsOn } from './channel'
import {
  bindService,
  connectionOver,
  isFinal,
  mayCarryPassword,
  openChannel,
  resolveServer,
  targetOf,
  type ConnectDeps,
  type Server,
} from './connect'
import { isWithin } from './dn'
import { emptyPasswordStage } from './empty-password'
import { runStage, skipped, type LadderContext, type Outcome } from './ladder'
import type { NetworkConnection } from './network-connection'
import type { PolicyAnswer } from './policy-control'
import { readRootDse, type RootDse } from './root-dse'
import { describeTls, row } from './stage-evidence'
import { isLoopback, openSocket, type Endpoint } from './tcp'

export interface NetworkRun {
  readonly settings: LdapSettings
  readonly deps: ConnectDeps & { readonly clock: Clock }
  readonly context: LadderContext
  /** In place of the service account's sign-in: whether a name without a password is accepted. */
  readonly probe?: 'empty-password' | null
}

/** One try from `dns` to `bind`. Without a connection the last stage says why. */
export interface Attempt {
  readonly server: Server
  readonly target: string
  readonly stages: readonly Stage[]
  readonly bound: { readonly connection: NetworkConnection; readonly endpoint: Endpoint } | null
  readonly rootDse: RootDse | null
  /** Asking elsewhere would not change this answer. */
  readonly final: 'final' | 'go-on'
  /** What was seen on the way that no stage holds as data. */
  readonly facets: Facets
}

export async function resolveStage(
  run: NetworkRun,
  server: Server,
): Promise<{ stage: Stage; endpoints: readonly Endpoint[] }> {
  const { texts } = run.context
  const { stage, value } = await runStage(run.context, {
    id: 'dns',
    asked: texts('ldap.asked.dns', { host: server.host }),
    work: async () => {
      const endpoints = await resolveServer(server, run.deps.resolve)
      const named = isIP(server.host) === 0
      const sentence = { host: server.host, count: endpoints.length }
      return {
        value: endpoints,
        summary: named ? texts('ldap.passed.dns', sentence) : texts('ldap.passed.dnsAddress', sentence),
        detail: endpoints.map(({ address }) => row(texts, 'address', address)),
      }
    },
  })
  return { stage, endpoints: value ?? [] }
}

/**
 * Connects to one address and signs in; every stage after a failed one is skipped by the caller. The certificates are
 * drawn afterwards and apart, never in the way of the connection that goes on.
 */
export async function tryAddress(run: NetworkRun, endpoint: Endpoint): Promise<Attempt> {
  const attempt = await climbAddress(run, endpoint)
  try {
    return { ...attempt, stages: await withPicture(run, endpoint, attempt.stages) }
  } catch (error) {
    attempt.bound?.connection.close()
    throw error
  }
}

async function withPicture(
  run: NetworkRun,
  endpoint: Endpoint,
  stages: readonly Stage[],
): Promise<readonly Stage[]> {
  const { settings, deps, context } = run
  const tls = stages.find(({ id }) => id === 'tls')
  const shows = tls?.code === null || tls?.code.startsWith('LDAP_TLS_') === true
  if (!tls || endpoint.encryption === 'none' || !shows) return stages
  const { loadTrust } = deps
  const chain = await seeChain(endpoint, { settings, loadTrust, signal: context.signal, now: context.now })
  if (chain === null || chain.certificates.length === 0) return stages
  const drawn = { ...tls, chain }
  return stages.map((stage) => (stage === tls ? drawn : stage))
}

async function climbAddress(run: NetworkRun, endpoint: Endpoint): Promise<Attempt> {
  const { context, settings, deps } = run
  const base = { server: endpoint, target: targetOf({ host: endpoint.address, port: endpoint.port }) }
  const tcp = await tcpStage(run, endpoint)
  const none = { bound: null, rootDse: null }
  if (!tcp.value) return { ...base, ...none, stages: [tcp.stage], final: 'go-on', facets: {} }
  const plain = tcp.value
  const tls = await tlsStage(run, endpoint, plain)
  if (!tls.value) {
    const facets = { ...answered(endpoint), ...tlsFacets(tls.error?.details ?? {}) }
    return { ...base, ...none, stages: [tcp.stage, tls.stage], final: finality(tls.error), facets }
  }
  const connection = connectionOver(tls.value, settings, deps.logger)
  try {
    const sentAt = deps.clock.now()
    const rootDse = await rootDseStage(run, endpoint, connection)
    const clock = clockFacets(rootDse.value, { sentAt, receivedAt: deps.clock.now() })
    const dead = connection.ended() ? (rootDse.error ?? connection.ended()) : null
    await context.beforeCredentials()
    const { baseDn } = settings
    const bind = run.probe
      ? await emptyPasswordStage(context, { connection, baseDn, dead })
      : await bindStage(run, endpoint, { connection, dead })
    const stages = [tcp.stage, tls.stage, rootDse.stage, bind.stage]
    if (bind.error) connection.close()
    const bound = bind.error ? null : { connection, endpoint }
    const facets = {
      ...{ ...answered(endpoint), ...tlsFacets(tls.value.evidence), ...clock },
      ...bindFacets(settings.bindDn, bind.value),
    }
    return { ...base, stages, bound, rootDse: rootDse.value, final: finality(bind.error), facets }
  } catch (error) {
    connection.close()
    throw error
  } finally {
    if (context.signal.aborted) connection.close()
  }
}

const answered = ({ address }: Endpoint): Facets => ({ 'addresses.answered': address })

function finality(error: AppError | null): Attempt['final'] {
  return error && isFinal(error) ? 'final' : 'go-on'
}

function tcpStage(run: NetworkRun, endpoint: Endpoint) {
  const { texts } = run.context
  const target = targetOf({ host: endpoint.address, port: endpoint.port })
  return runStage(run.context, {
    id: 'tcp',
    asked: texts('ldap.asked.tcp', { target }),
    work: async (signal) => ({
      value: await openSocket(endpoint, signal),
      summary: texts('ldap.passed.tcp', { target }),
      detail: [],
    }),
  })
}

type Plain = Awaited<ReturnType<typeof openSocket>>

function tlsStage(run: NetworkRun, endpoint: Endpoint, plain: Plain) {
  const { context, settings, deps } = run
  const { texts } = context
  const target = targetOf(endpoint)
  const sentence = { ldaps: 'tlsLdaps', starttls: 'tlsStarttls', none: 'tlsNone' } as const
  return runStage(context, {
    id: 'tls',
    asked: texts(`ldap.asked.${sentence[endpoint.encryption]}`, { target }),
    work: async (signal) => {
      const value = await openChannel(endpoint, { settings, deps, plain }, signal)
      if (endpoint.encryption === 'none') {
        // Given up while the server is asked about StartTLS, the open connection would be nobody's.
        signal.addEventListener('abort', () => plain.destroy(), { once: true })
        return { value, ...(await withoutTls(run, endpoint)) }
      }
      const name = settings.tlsServerName ?? endpoint.host
      const detail = [row(texts, 'expectedName', name), ...describeTls(texts, value.evidence)]
      return { value, summary: texts(`ldap.passed.${sentence[endpoint.encryption]}`), detail }
    },
  })
}

/** No encryption is harmless only on this computer; elsewhere the server is asked whether it could encrypt. */
async function withoutTls(run: NetworkRun, endpoint: Endpoint): Promise<Omit<Outcome<unknown>, 'value'>> {
  const { texts } = run.context
  if (isLoopback(endpoint.address)) return { summary: texts('ldap.passed.tlsNone'), detail: [] }
  const offered = await offersStartTls(endpoint)
  return {
    summary: texts('ldap.passed.tlsPlaintext'),
    detail: [row(texts, 'startTls', texts(`ldap.value.${offered}`))],
    warning: mayCarryPassword(endpoint, run.settings) ? 'CONFIG_INSECURE' : 'LDAP_PLAINTEXT_FORBIDDEN',
  }
}

/** A connection that ends here shows again at `bind`, which then sends nothing. */
function rootDseStage(run: NetworkRun, endpoint: Endpoint, connection: NetworkConnection) {
  const { texts } = run.context
  return runStage<RootDse | null>(run.context, {
    id: 'rootdse',
    asked: texts('ldap.asked.rootdse', { target: targetOf(endpoint) }),
    atWorst: 'warning',
    work: async (signal) => {
      const rootDse = await readRootDse(connection, signal).catch((error: unknown) =>
        wrongPort(run, endpoint, error),
      )
      return describeRootDse(run, rootDse)
    },
  })
}

/** A port that hangs up on plain LDAP may be one for LDAPS. */
async function wrongPort(run: NetworkRun, endpoint: Endpoint, error: unknown): Promise<never> {
  const dropped = error instanceof AppError && error.code === 'LDAP_DROPPED'
  if (!dropped || endpoint.encryption !== 'none') throw error
  const trust = await run.deps.loadTrust(run.settings.caFile)
  const code = await tlsOn(endpoint, { name: run.settings.tlsServerName ?? endpoint.host, trust })
  throw code === null ? error : new AppError(code, { cause: error })
}

function describeRootDse(run: NetworkRun, rootDse: RootDse | null): Outcome<RootDse | null> {
  const { texts } = run.context
  const base = run.settings.baseDn
  const product = rootDse?.product ?? texts('ldap.value.directory')
  const contexts = rootDse?.namingContexts ?? []
  const detail = [
    row(texts, 'kind', texts(`ldap.kind.${rootDse?.kind ?? 'other'}`)),
    ...contexts.map((context) => row(texts, 'namingContexts', context)),
    row(texts, 'paging', texts(`ldap.value.${rootDse?.paging ?? 'unsupported'}`)),
  ]
  const foreign = contexts.length > 0 && !contexts.some((context) => isWithin(base, context))
  if (!foreign) return { value: rootDse, summary: texts('ldap.passed.rootdse', { product }), detail }
  const summary = texts('ldap.passed.rootdseBase', { product, base })
  return { value: rootDse, summary, detail, warning: 'LDAP_BASE_NOT_FOUND' }
}

interface Bindable {
  readonly connection: NetworkConnection
  /** Why nothing can be asked any more. */
  readonly dead: AppError | null
}

function bindStage(run: NetworkRun, endpoint: Endpoint, { connection, dead }: Bindable) {
  const { context, settings } = run
  const { texts } = context
  const { bindDn } = settings
  return runStage<PolicyAnswer>(context, {
    id: 'bind',
    asked: bindDn === null ? texts('ldap.asked.bindAnonymous') : texts('ldap.asked.bind', { dn: bindDn }),
    work: async (signal) => {
      if (dead) throw dead
      const answer = await bindService(connection, { endpoint, settings }, signal)
      if (bindDn === null) return { value: answer, summary: texts('ldap.passed.bindAnonymous'), detail: [] }
      return { value: answer, detail: [], ...policySentence(run, answer) }
    },
  })
}

const soonSeconds = 7 * 24 * 3600

function policySentence(
  run: NetworkRun,
  answer: PolicyAnswer,
): Pick<Outcome<unknown>, 'summary' | 'warning'> {
  const { texts } = run.context
  const warning = 'LDAP_USER_PASSWORD_EXPIRED'
  if (answer.graceSignIns !== null) {
    return { summary: texts('ldap.passed.bindGrace', { count: answer.graceSignIns }), warning }
  }
  if (answer.expiresIn !== null && answer.expiresIn < soonSeconds) {
    const days = Math.ceil(answer.expiresIn / 86_400)
    return { summary: texts('ldap.passed.bindExpires', { days }), warning }
  }
  return { summary: texts('ldap.passed.bind') }
}

/** The stages that a failed attempt never reached. */
export function skippedAfter(context: LadderContext, stages: readonly Stage[]): Stage[] {
  const order = ['dns', 'tcp', 'tls', 'rootdse', 'bind'] as const
  const needs = { dns: 'config', tcp: 'dns', tls: 'tcp', rootdse: 'tls', bind: 'tls' } as const
  return order
    .filter((id) => !stages.some((stage) => stage.id === id))
    .map((id) => skipped(context, id, needs[id]))
}
