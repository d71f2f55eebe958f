import { AppError } from '../../contract/errors'

export interface Limits {
  /** The caller's wish to stop. */
  readonly signal: AbortSignal
  /** Milliseconds after which the work is given up. */
  readonly ms: number
}

/**
 * Runs work that is given up at its deadline (`LDAP_CONNECT_TIMEOUT`) or when the caller cancels (`CANCELLED`), even if
 * the work itself does not listen. Its own signal fires only then, never after success.
 */
export async function withDeadline<T>(limits: Limits, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (limits.signal.aborted) throw new AppError('CANCELLED')
  const giveUp = new AbortController()
  const settled = new AbortController()
  const stopped = new Promise<never>((_, reject) => {
    const stop = (reason: AppError): void => {
      giveUp.abort(reason)
      reject(reason)
    }
    const late = (): void => stop(new AppError('LDAP_CONNECT_TIMEOUT', { details: { afterMs: limits.ms } }))
    const timer = setTimeout(late, limits.ms)
    settled.signal.addEventListener('abort', () => clearTimeout(timer))
    const cancel = (): void => stop(new AppError('CANCELLED'))
    limits.signal.addEventListener('abort', cancel, { once: true, signal: settled.signal })
  })
  try {
    return await Promise.race([work(giveUp.signal), stopped])
  } finally {
    settled.abort()
  }
}

/** Why a signal of `withDeadline` fired. */
export function reasonOf(signal: AbortSignal): AppError {
  return signal.reason instanceof AppError ? signal.reason : new AppError('CANCELLED')
}
