import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import type { Watched } from '../../contract/history'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, Settings } from '../app/ports'
import type { Texts } from '../app/texts'
import { comparisonOf, facetViews, runView } from './describe-runs'
import type { HistoryStore, WholeRun } from './history-store'

export interface HistoryHandlerDeps {
  readonly store: HistoryStore
  /** Of the named profile; without a name, of the governing one. */
  readonly settings: (profile: string | null) => Promise<Settings>
  readonly texts: Texts
  readonly watched: (settings: Settings) => Promise<Watched[]>
}

export function createHistoryHandlers(deps: HistoryHandlerDeps): Handlers<Contract['history'], CallContext> {
  const { store, texts } = deps
  const profileOf = async (named: string | null) => (await deps.settings(named)).profile.name
  return {
    list: async (input) => {
      const of = { profile: await profileOf(input.profile), subject: input.subject }
      const found = await store.list({ ...of, after: input.after, limit: input.limit + 1 })
      const runs = found.slice(0, input.limit).map(runView)
      const next = found.length > input.limit ? (runs.at(-1)?.id ?? null) : null
      return { runs, next, total: await store.count(of), subjects: [...(await store.subjects(of.profile))] }
    },
    watch: async (input) => ({ watched: await deps.watched(await deps.settings(input.profile)) }),
    show: async (input) => {
      const run = await required(store, input.run)
      return { run: runView(run), stages: run.stages, facets: facetViews(texts, run.facets) }
    },
    compare: async (input) => {
      const [before, after] = [await required(store, input.before), await required(store, input.after)]
      if (before.subject !== after.subject) throw new AppError('INVALID_INPUT', { text: 'otherSubject' })
      return comparisonOf(texts, before, after)
    },
    sinceLastGood: async ({ profile, subject, run }) => {
      const after =
        run === null ? await store.newest(await profileOf(profile), subject) : await required(store, run)
      if (after === null) return { answer: 'untested', run: null, comparison: null }
      const before = await store.lastGoodBefore(after)
      if (before === null) {
        return { answer: after.ok ? 'firstGood' : 'neverWorked', run: runView(after), comparison: null }
      }
      const comparison = comparisonOf(texts, before, after)
      return { answer: 'compared', run: runView(after), comparison }
    },
  }
}

async function required(store: HistoryStore, id: number): Promise<WholeRun> {
  const run = await store.run(id)
  if (run === null) throw new AppError('NOT_FOUND', { text: 'runGone', details: { run: id } })
  return run
}
