import { randomBytes } from 'node:crypto'
import { AppError } from '../../contract/errors'
import type { Kept, Stage } from '../../contract/stages'
import { actorName } from '../app/call-audit'
import type { Actor, Clock, Logger, SecretStore, Settings } from '../app/ports'
import type { Facets } from '../diagnostics/facets'
import { scrubDeep } from '../diagnostics/report/scrub'
import { scrubFor } from '../diagnostics/report/subject'
import { aboutPerson } from '../methods/reachability'
import type { HistoryStore } from './history-store'
import { settingFacets } from './setting-facets'

/** A test of saved settings that has ended. */
export interface EndedTest {
  readonly settings: Settings
  readonly subject: string
  readonly actor: Actor
  readonly stages: readonly Stage[]
  readonly facets: Facets
  /** A person's password that was typed for it, which must not show up anywhere. */
  readonly typed: string | null
}

/** Keeps ended tests. What cannot be kept is said and is no reason for a test to fail. */
export interface RunKeeper {
  readonly keep: (ended: EndedTest) => Promise<Kept>
}

export interface RunKeeperDeps {
  readonly store: () => Promise<HistoryStore>
  readonly secrets: SecretStore
  readonly clock: Clock
  readonly logger: Logger
}

const keyName = 'history.key'

/** Only where secrets are kept encrypted: a key beside the marks would let anybody try passwords against them. */
async function markKey({ secrets, logger }: RunKeeperDeps): Promise<Uint8Array | null> {
  if (secrets.kind !== 'encrypted') return null
  try {
    const known = await secrets.get(keyName)
    if (known !== null) return Buffer.from(known, 'hex')
    const key = randomBytes(32)
    await secrets.set(keyName, key.toString('hex'))
    return key
  } catch (error) {
    logger.warn({ error }, 'the key of the history cannot be read; changed secrets are not told')
    return null
  }
}

/** Of a person who was looked up nothing is kept: neither the name nor how their stages ended. */
const ofSubject = (stages: readonly Stage[]) => stages.filter(({ id }) => !aboutPerson.has(id))

export function createRunKeeper(deps: RunKeeperDeps): RunKeeper {
  return {
    keep: async ({ settings, subject, actor, stages, facets, typed }) => {
      const kept = ofSubject(stages)
      const failed = kept.find(({ status }) => status === 'failed')
      try {
        const all = { ...settingFacets(settings, subject, await markKey(deps)), ...facets }
        const run = await (
          await deps.store()
        ).add({
          ...{ profile: settings.profile.name, subject, actor: actorName(actor) },
          at: deps.clock.now().toISOString(),
          ...{ ok: failed === undefined, code: failed?.code ?? null },
          stages: kept.map(({ id, status, code, ms }) => ({ id, status, code, ms })),
          facets: scrubDeep(all, scrubFor(settings, [typed])),
        })
        return { run, code: null }
      } catch (error) {
        deps.logger.error({ error, subject }, 'a test could not be kept in the history')
        return { run: null, code: error instanceof AppError ? error.code : 'INTERNAL' }
      }
    },
  }
}
