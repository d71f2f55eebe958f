import type { QueryClient } from '@tanstack/react-query'
import type { Status } from '../../src-main/contract/app'
import type { StageEvent } from '../../src-main/contract/stages'
import { useExamined } from '../state/examined-store'
import { navigate } from '../state/hash-location'
import { advance, emptyProgress, type LadderProgress } from './ladder-progress'
import { forgetPerson } from './query-client'
import { subscribeTo } from './subscribe-to'
import { progressKey } from './use-run'

export const statusKey = ['app.status', {}] as const

/** Another person at the desk sees nothing of the one before, however the new status came. */
function forgetOnChange(client: QueryClient): () => void {
  // A locked desk counts as nobody's: what was on it must not be in the window any more.
  const personIn = () => {
    const session = client.getQueryData<Status>(statusKey)?.session
    return session?.locked === null ? session.accountId : null
  }
  let person = personIn()
  return client.getQueryCache().subscribe(({ type, query }) => {
    const key = query.queryKey as readonly unknown[]
    if (type !== 'updated' || key[0] !== statusKey[0]) return
    const now = personIn()
    if (now === person) return
    person = now
    forgetPerson(client)
    useExamined.getState().examine(null)
  })
}

/** Wires what the core tells unasked into the cache and the address. Returns the way to end it. */
export function connectEvents(client: QueryClient): () => void {
  const onStage = (event: StageEvent) => {
    client.setQueryData<LadderProgress>(progressKey(event.runId), (progress) =>
      advance(progress ?? emptyProgress(event.runId), event),
    )
  }
  const ends = [
    forgetOnChange(client),
    subscribeTo('app.status', ({ status }) => client.setQueryData(statusKey, status)),
    subscribeTo('app.navigate', ({ page }) => {
      navigate(page)
      void client.invalidateQueries({ queryKey: ['session.signInOptions'] })
    }),
    subscribeTo('session.progress', (progress) =>
      client.setQueryData(['session.progress', progress.runId], progress),
    ),
    subscribeTo('users.progress', (progress) =>
      client.setQueryData(['users.progress', progress.runId], progress),
    ),
    subscribeTo('sync.progress', (progress) =>
      client.setQueryData(['sync.progress', progress.runId], progress),
    ),
    subscribeTo('ldap.stage', onStage),
    subscribeTo('oidc.stage', onStage),
  ]
  return () => ends.forEach((end) => end())
}
