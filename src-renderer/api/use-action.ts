import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApiError } from './api-error'
import { createOneSlot } from './one-slot'
import type { ActionPath, Input, Output, Path } from './paths'
import { request } from './request'

interface ActionOptions<P extends ActionPath, R> {
  /** Contract paths whose answers may have changed. */
  readonly refreshes?: readonly Path[]
  /** What is kept of the answer; a secret in it is handed over here and dropped. */
  readonly keep: (output: Output<P>) => R | Promise<R>
  readonly onDone?: (kept: R) => void
}

/** A command or local act. The input is passed through a slot: no password stays in the mutation cache. */
export function useAction<P extends ActionPath, R>(path: P, options: ActionOptions<P, R>) {
  const [slot] = useState(() => createOneSlot<Input<P>>())
  const client = useQueryClient()
  const mutation = useMutation<R, ApiError, object>({
    mutationKey: [path],
    mutationFn: async () => options.keep(await request(path, slot.take())),
    // What comes next looks at the answers as they are now, so they are asked again first.
    onSuccess: async (kept) => {
      const refreshes = options.refreshes ?? []
      await Promise.all(refreshes.map((path) => client.invalidateQueries({ queryKey: [path] })))
      options.onDone?.(kept)
    },
  })
  const { mutate, reset, isPending, error, data } = mutation
  const run = (input: Input<P>) => {
    slot.put(input)
    mutate({})
  }
  return { run, reset, isPending, error, data }
}
