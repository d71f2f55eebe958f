import { basename } from 'node:path'
import { AppError } from '../../contract/errors'
import type { Ladder } from '../../contract/ldap'
import type { LdapStageId, Stage } from '../../contract/stages'
import type { Clock, DirectoryPerson, LdapSettings, Logger } from '../app/ports'
import type { Texts } from '../app/texts'
import type { Facets } from '../diagnostics/facets'
import { configStage } from './config-stage'
import { climbDirectory, type Climb, type Opened } from './directory-ladder'
import { normaliseDn } from './dn'
import { openLdifDirectory } from './ldif-directory'
import type { LadderContext } from './ladder'
import { summarise } from './ladder-summary'
import { climbNetwork } from './network-ladder'
import { skippedAfter, type Attempt, type NetworkRun } from './network-stages'
import { directoryName } from './root-dse'
import { systemResolve, type Resolve } from './tcp'
import { createTlsTrustLoader } from './tls-channel'

export interface LdapTestDeps {
  readonly texts: Texts
  readonly logger: Logger
  readonly clock: Clock
  /** The operating system's resolver unless a test brings another. */
  readonly resolve?: Resolve
}

export interface LdapTestRun {
  readonly settings: LdapSettings
  readonly user: string | null
  readonly password: string | null
  /** The path of an LDIF file that takes the server's place. */
  readonly against: string | null
  readonly signal: AbortSignal
  /** Asks only whether a name without a password is accepted; no stored and no typed password is sent. */
  readonly probe?: 'empty-password' | null
  /** A stage starts (`null`) and ends; one that is tried on several servers does so several times. */
  readonly onStage: (id: LdapStageId, stage: Stage | null) => void
  /** Awaited before a password leaves this computer; what it throws ends the run. */
  readonly beforeCredentials?: () => Promise<void>
  /** Told what can be different the next time: addresses, certificate, what the directory says of itself. */
  readonly onFacets?: (facets: Facets) => void
}

export type LdapTest = (run: LdapTestRun) => Promise<Ladder>

/** The ladder: everything a sign-in needs, one stage after another, with the evidence of each. */
export function createLdapTest(deps: LdapTestDeps): LdapTest {
  const connect: NetworkRun['deps'] = {
    logger: deps.logger,
    resolve: deps.resolve ?? systemResolve,
    loadTrust: createTlsTrustLoader(),
    clock: deps.clock,
  }
  return async (run) => {
    const context: LadderContext = {
      texts: deps.texts,
      signal: run.signal,
      now: deps.clock.now(),
      ms: run.settings.timeout * 1000,
      onStage: run.onStage,
      beforeCredentials: run.beforeCredentials ?? (() => Promise.resolve()),
      saw: run.onFacets ?? (() => undefined),
    }
    const source = run.against === null ? 'network' : 'file'
    const config = await configStage(context, run.settings, source)
    const { settings, user, password } = run
    const climb: Climb = {
      settings,
      context,
      user,
      password,
      source,
      stages: [config.stage],
      probe: run.probe ?? null,
    }
    return run.against === null ? online(climb, connect) : offline(climb, run.against)
  }
}

async function online(climb: Climb, connect: NetworkRun['deps']): Promise<Ladder> {
  const { context, settings, stages } = climb
  if (stages.some((stage) => stage.status === 'failed')) {
    stages.push(...skippedAfter(context, []))
    return conclude(climb, null)
  }
  const network = await climbNetwork({ settings, deps: connect, context, probe: climb.probe })
  stages.push(...network.stages)
  const { bound, rootDse } = network.attempt
  if (!bound) return conclude(climb, null, network.attempt)
  if (climb.probe) {
    bound.connection.close()
    return conclude(climb, null, network.attempt)
  }
  const directory = { settings, context, connection: bound.connection, rootDse }
  try {
    const name = directoryName(rootDse, settings.baseDn)
    return await conclude(climb, { directory, bound, name }, network.attempt)
  } finally {
    bound.connection.close()
  }
}

async function offline(climb: Climb, path: string): Promise<Ladder> {
  const { context, settings } = climb
  if (climb.stages.some((stage) => stage.status === 'failed')) return conclude(climb, null)
  const connection = await openLdifDirectory(path, context.signal).catch((error: unknown) => {
    throw error instanceof AppError ? withFile(error, path) : error
  })
  const directory = { settings, context, connection, rootDse: null }
  return conclude(climb, { directory, bound: null, name: normaliseDn(settings.baseDn) })
}

/** The file's name, not its path, belongs to what is shown. */
function withFile(error: AppError, path: string): AppError {
  const details = { ...error.details, file: basename(path) }
  return new AppError(error.code, { ...(error.text && { text: error.text }), details, cause: error })
}

async function conclude(
  climb: Climb,
  opened: Opened | null,
  attempt?: Pick<Attempt, 'server' | 'rootDse'>,
): Promise<Ladder> {
  const person = climb.probe ? null : await climbDirectory(climb, opened)
  const { stages, user, source, context } = climb
  const server = attempt?.server ?? climb.settings.servers[0]
  const rootDse = attempt?.rootDse
  const ok = stages.every((stage) => stage.status !== 'failed')
  return {
    ok,
    target:
      source === 'file'
        ? { host: null, port: null, encryption: 'file' }
        : {
            host: server?.host ?? null,
            port: server?.port ?? null,
            encryption: server?.encryption ?? 'none',
          },
    summary:
      climb.probe && ok
        ? context.texts('ldap.summary.emptyPassword')
        : summarise(context.texts, { stages, user, source }),
    stages,
    ...(rootDse ? { directory: { kind: rootDse.kind, product: rootDse.product } } : {}),
    ...(person ? { user: shown(person) } : {}),
  }
}

function shown(person: DirectoryPerson): NonNullable<Ladder['user']> {
  return { dn: person.dn, username: person.username, email: person.email, fullName: person.fullName }
}
