import { useState } from 'react'
import { skipToken, useQuery } from '@tanstack/react-query'
import { request } from './request'
import { useAction } from './use-action'
import type { Input, Output, Path } from './paths'

interface Progress {
  readonly runId: string
  readonly done: number
  readonly total: number
}

/** Work on many accounts: how far it is, and a way to stop it. */
export function useMany<P extends 'users.bulk' | 'users.import'>(path: P, refreshes: readonly Path[]) {
  const [runId, setRunId] = useState('')
  const action = useAction<P, Output<P>>(path, { refreshes, keep: (output) => output })
  const progress = useQuery<Progress>({ queryKey: ['users.progress', runId], queryFn: skipToken })
  const start = (input: Omit<Input<P>, 'runId'>) => {
    const id = crypto.randomUUID()
    setRunId(id)
    action.run({ ...input, runId: id } as Input<P>)
  }
  const cancel = () => void request('app.cancel', { runId }).catch(() => undefined)
  return { ...action, start, cancel, progress: progress.data ?? null }
}
