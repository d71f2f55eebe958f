import { useState } from 'react'
import { skipToken, useQuery } from '@tanstack/react-query'
import type { Code } from '../../src-main/contract/errors'
import type { SignInProgress } from '../../src-main/contract/session'
import type { Path } from './paths'
import { request } from './request'
import { useAction } from './use-action'

/** The person ended it; that needs no error. */
const ownWish: readonly Code[] = ['CANCELLED', 'OIDC_CANCELLED']

/** Work that goes through the system browser: its steps as they happen, and a way to call it off. */
export function useBrowserRun(
  path: 'session.signInOidc' | 'account.connect' | 'session.unlock',
  refreshes: readonly Path[],
  onDone?: () => void,
) {
  const [runId, setRunId] = useState('')
  const progress = useQuery<SignInProgress>({ queryKey: ['session.progress', runId], queryFn: skipToken })
  const { run, isPending, error } = useAction(path, {
    refreshes,
    keep: () => null,
    ...(onDone && { onDone }),
  })
  return {
    isPending,
    error: error !== null && !ownWish.includes(error.code) ? error : null,
    progress: progress.data ?? null,
    start: (provider: string) => {
      const next = crypto.randomUUID()
      setRunId(next)
      run(path === 'session.unlock' ? { runId: next, password: null } : { runId: next, provider })
    },
    cancel: () => void request('app.cancel', { runId }).catch(() => undefined),
  }
}
