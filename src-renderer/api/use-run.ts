import { useState } from 'react'
import {
  skipToken,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
  type MutationState,
} from '@tanstack/react-query'
import type { ApiError } from './api-error'
import { emptyProgress, type LadderProgress } from './ladder-progress'
import { createOneSlot } from './one-slot'
import type { Input, Output } from './paths'
import { request } from './request'

export type RunPath = 'ldap.test' | 'oidc.test' | 'ldap.testDraft' | 'oidc.testDraft' | 'oidc.login'

/** What a run remembers of itself: enough for the work bar, no credential. */
export interface RunInfo {
  readonly runId: string
  readonly work: string
  readonly subject: string
}

/** Where a run's stage events are kept. */
export function progressKey(runId: string): readonly [string, string] {
  return ['run.progress', runId]
}

export function isRunInfo(value: unknown): value is RunInfo {
  return typeof value === 'object' && value !== null && 'runId' in value && 'work' in value
}

type RunState<P extends RunPath> = MutationState<Output<P>, ApiError, RunInfo>

/** A test with a ladder: it goes on, and its result stays, when the page is left and opened again. */
export function useRun<P extends RunPath>(path: P, subject: string) {
  const [slot] = useState(() => createOneSlot<Input<P>>())
  const client = useQueryClient()
  const { mutate } = useMutation<Output<P>, ApiError, RunInfo>({
    mutationKey: [path],
    mutationFn: () => request(path, slot.take()),
    onSettled: () => client.invalidateQueries({ queryKey: ['methods.status'] }),
  })
  const states = useMutationState({
    filters: {
      mutationKey: [path],
      predicate: ({ state }) => isRunInfo(state.variables) && state.variables.subject === subject,
    },
    select: (mutation) => mutation.state as RunState<P>,
  })
  const last = states.at(-1)
  const runId = last?.variables?.runId ?? ''
  const progress = useQuery<LadderProgress>({ queryKey: progressKey(runId), queryFn: skipToken })

  const start = (work: string, input: Omit<Input<P>, 'runId'>) => {
    const info = { runId: crypto.randomUUID(), work, subject }
    client.setQueryData(progressKey(info.runId), emptyProgress(info.runId))
    slot.put({ ...input, runId: info.runId } as Input<P>)
    mutate(info)
  }
  const cancel = () => void request('app.cancel', { runId }).catch(() => undefined)
  return { start, cancel, last, progress: progress.data ?? emptyProgress(runId) }
}
