import { useState } from 'react'
import { skipToken, useQuery } from '@tanstack/react-query'
import type { SignInProgress } from '../../../src-main/contract/session'
import type { Code } from '../../../src-main/contract/errors'
import { request } from '../../api/request'
import { useAction } from '../../api/use-action'

/** The person ended it; that needs no error. */
const ownWish: readonly Code[] = ['CANCELLED', 'OIDC_CANCELLED']

/** A sign-in through the system browser: its steps as they happen, and a way to call it off. */
export function useBrowserSignIn() {
  const [runId, setRunId] = useState('')
  const progress = useQuery<SignInProgress>({ queryKey: ['session.progress', runId], queryFn: skipToken })
  const signIn = useAction('session.signInOidc', { refreshes: ['app.status'], keep: () => null })
  const error = signIn.error !== null && !ownWish.includes(signIn.error.code) ? signIn.error : null
  return {
    isPending: signIn.isPending,
    error,
    progress: progress.data ?? null,
    start: (provider: string) => {
      const next = crypto.randomUUID()
      setRunId(next)
      signIn.run({ runId: next, provider })
    },
    cancel: () => void request('app.cancel', { runId }).catch(() => undefined),
  }
}
