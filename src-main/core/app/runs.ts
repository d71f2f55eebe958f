/** Work that can be cancelled by the id its caller gave it. */
export interface Runs {
  readonly open: (runId: string | null, outer?: AbortSignal) => { signal: AbortSignal; close: () => void }
  readonly cancel: (runId: string) => boolean
  readonly cancelAll: () => void
}

export function createRuns(): Runs {
  const running = new Map<string, AbortController>()
  const all = new Set<AbortController>()
  return {
    open: (runId, outer) => {
      const controller = new AbortController()
      const signal = outer ? AbortSignal.any([outer, controller.signal]) : controller.signal
      all.add(controller)
      if (runId !== null) running.set(runId, controller)
      return {
        signal,
        close: () => {
          all.delete(controller)
          if (runId !== null && running.get(runId) === controller) running.delete(runId)
        },
      }
    },
    cancel: (runId) => {
      const controller = running.get(runId)
      controller?.abort()
      return controller !== undefined
    },
    cancelAll: () => {
      for (const controller of all) controller.abort()
    },
  }
}
