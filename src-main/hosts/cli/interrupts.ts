import { exits } from './exit-codes'

/** Why work was told to stop. */
export interface Interrupts {
  readonly signal: AbortSignal
  readonly reason: () => 'signal' | 'timeout' | null
  readonly end: () => void
}

/** Ctrl+C and SIGTERM end the work in order; a second one ends the process. */
export function watchInterrupts(timeoutMs: number | null): Interrupts {
  const controller = new AbortController()
  let reason: 'signal' | 'timeout' | null = null
  const stop = (why: 'signal' | 'timeout') => {
    if (reason === 'signal') process.exit(exits.interrupted)
    reason = why
    controller.abort()
  }
  const onSignal = () => stop('signal')
  const timer = timeoutMs === null ? null : setTimeout(() => stop('timeout'), timeoutMs)
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    signal: controller.signal,
    reason: () => reason,
    end: () => {
      if (timer) clearTimeout(timer)
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}
