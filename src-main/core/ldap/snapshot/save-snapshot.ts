import { AppError } from '../../../contract/errors'
import type { Snapshot } from '../../../contract/ldap'
import { writeExport } from '../../app/export-file'
import type { LdapSettings, Logger } from '../../app/ports'
import { openBound, type ConnectDeps } from '../connect'
import { openLdifDirectory } from '../ldif-directory'
import { formatFilter } from '../filter'
import { formatEntry } from '../ldif-writer'
import type { PagedConnection } from '../paged-read'
import { everybodyFilter } from '../person-search'
import { systemResolve, type Resolve } from '../tcp'
import { createTlsTrustLoader } from '../tls-channel'
import { readSnapshot, type SnapshotPart } from './read-snapshot'
import { createRedaction, type Redaction } from './redaction'
import { withSpool, type Spool } from './spool'

export interface SnapshotRun {
  readonly settings: LdapSettings
  readonly path: string
  readonly values: 'real' | 'redacted'
  /** Whose aliases are told to the caller; they are not in the file. */
  readonly aliasOf: readonly string[]
  /** The path of an LDIF file that takes the server's place. */
  readonly against: string | null
  readonly signal: AbortSignal
}
export type SaveSnapshot = (run: SnapshotRun) => Promise<Snapshot>

export interface SnapshotDeps {
  readonly logger: Logger
  readonly resolve?: Resolve
}

/** Saves the directory as LDIF: whole, in an order that does not depend on the server's, or not at all. */
export function createSaveSnapshot(deps: SnapshotDeps): SaveSnapshot {
  const connect: ConnectDeps = {
    logger: deps.logger,
    resolve: deps.resolve ?? systemResolve,
    loadTrust: createTlsTrustLoader(),
  }
  return async (run) => {
    const { settings, against, signal } = run
    if (against !== null) return save(run, await openLdifDirectory(against, signal))
    const { connection } = await openBound(settings, connect, signal)
    try {
      return await save(run, connection)
    } finally {
      connection.close()
    }
  }
}

type Counts = Record<SnapshotPart['kind'], number>

async function save(run: SnapshotRun, connection: PagedConnection): Promise<Snapshot> {
  const { settings, signal, path } = run
  const redaction = run.values === 'redacted' ? createRedaction(settings) : null
  const change = redaction?.entry ?? ((entry) => entry)
  return withSpool(path, async (spool) => {
    const counts: Counts = { root: 0, schema: 0, base: 0, group: 0, person: 0 }
    for await (const { kind, entry } of readSnapshot({ connection, settings, signal })) {
      counts[kind] += 1
      const shown = kind === 'schema' && redaction ? redaction.named(entry) : change(entry)
      await spool.add(shown.dn, `\n${formatEntry(shown)}`)
    }
    requirePeople(counts, settings)
    const bytes = await writeExport(path, pieces(spool, redaction, signal))
    return { ...summary(counts, bytes), file: path, ...told(run, redaction) }
  })
}

/** A directory without people is more likely a setting that does not fit. */
function requirePeople({ person }: Counts, settings: LdapSettings): void {
  if (person > 0) return
  const details = { base: settings.userBase, filter: formatFilter(everybodyFilter(settings)) }
  throw new AppError('LDAP_NO_USERS', { details })
}

function summary({ person, group, schema, ...rest }: Counts, bytes: number) {
  const entries = person + group + schema + rest.root + rest.base
  return { entries, bytes, people: person, groups: group, schema: schema > 0 }
}

function told({ aliasOf }: SnapshotRun, redaction: Redaction | null) {
  if (!redaction) return { settings: null, aliases: [] }
  const aliases = aliasOf.map((name) => ({ name, alias: redaction.alias(name) }))
  return { settings: redaction.settings, aliases }
}

async function* pieces(spool: Spool, redaction: Redaction | null, signal: AbortSignal) {
  yield 'version: 1\n'
  if (redaction) yield comment(redaction.settings)
  for await (const piece of spool.pieces()) {
    if (signal.aborted) throw new AppError('CANCELLED')
    yield piece
  }
}

/** The settings that fit the aliases belong to the file; what they stood for does not. */
function comment(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([name, value]) => `#   ${name}=${value}`)
  return ['', '# Names are aliases. The settings that fit this file:', ...lines, ''].join('\n')
}
