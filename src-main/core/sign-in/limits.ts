/** Five failures in 15 minutes lock an account's counter for 15 minutes, thirty the whole console. */
export const accountLimit = 5
export const consoleLimit = 30
const windowMs = 15 * 60_000
const longestDelayMs = 60_000

/** From when on failures matter: a lock of 15 minutes follows failures that may lie 15 minutes apart. */
export function countedSince(now: Date): Date {
  return new Date(now.getTime() - 2 * windowMs)
}

/** The end of the wait after these failures (oldest first), or null if another try is allowed. */
export function lockedUntil(failures: readonly Date[], limit: number, now: Date): Date | null {
  const deciding = failures.findLast((at, index) => {
    const first = failures[index - limit + 1]
    return first !== undefined && at.getTime() - first.getTime() < windowMs
  })
  if (!deciding) return null
  const end = new Date(deciding.getTime() + windowMs)
  return end > now ? end : null
}

/**
 * The last local administrator is never locked out, only slowed down: after the limit each further failure
 * doubles a wait that starts with a second and ends at a minute.
 */
export function delayedUntil(failures: readonly Date[], now: Date): Date | null {
  const recent = failures.filter((at) => now.getTime() - at.getTime() < windowMs)
  const last = recent.at(-1)
  if (recent.length < accountLimit || !last) return null
  const delay = Math.min(longestDelayMs, 1000 * 2 ** (recent.length - accountLimit))
  const end = new Date(last.getTime() + delay)
  return end > now ? end : null
}
