import type { Clock } from './ports'

/** Whether the desk was left. */
export interface IdleLock {
  /** A sign of life; a locked desk stays locked. */
  readonly active: () => void
  readonly lock: () => void
  /** The one who is signed in has just proved to be there. */
  readonly alive: () => void
  readonly isLocked: () => Promise<boolean>
}

interface IdleLockDeps {
  readonly clock: Clock
  /** Minutes without a sign of life; where it is not given, only `lock` locks. */
  readonly idleMinutes?: () => Promise<number>
}

export function createIdleLock({ clock, idleMinutes }: IdleLockDeps): IdleLock {
  let lastActive = clock.now()
  let locked = false
  return {
    active: () => {
      if (!locked) lastActive = clock.now()
    },
    lock: () => (locked = true),
    alive: () => {
      lastActive = clock.now()
      locked = false
    },
    isLocked: async () => {
      const minutes = await idleMinutes?.()
      const idle = clock.now().getTime() - lastActive.getTime()
      if (minutes !== undefined && idle >= minutes * 60_000) locked = true
      return locked
    },
  }
}
