import { randomBytes } from 'node:crypto'
import { AppError } from '../../contract/errors'
import type { Clock } from '../app/ports'

const lifetime = 10 * 60 * 1000

/** The states of the sign-ins under way: 32 bytes each, for one use, for ten minutes. */
export interface OidcStates {
  readonly issue: () => string
  /** The state that came back, and the one of the sign-in whose listener got it. */
  readonly consume: (state: string, expected: string) => void
}

export function createOidcStates(clock: Clock): OidcStates {
  const known = new Map<string, { readonly expires: number; used: boolean }>()

  function forgetOld(now: number): void {
    for (const [state, { expires }] of known) if (expires + lifetime < now) known.delete(state)
  }

  return {
    issue: () => {
      const now = clock.now().getTime()
      forgetOld(now)
      const state = randomBytes(32).toString('base64url')
      known.set(state, { expires: now + lifetime, used: false })
      return state
    },
    consume: (state, expected) => {
      const found = known.get(state)
      if (found === undefined) throw new AppError('OIDC_STATE_UNKNOWN')
      if (found.used) throw new AppError('OIDC_STATE_USED')
      if (state !== expected) throw new AppError('OIDC_STATE_UNKNOWN')
      found.used = true
      if (found.expires < clock.now().getTime()) throw new AppError('OIDC_STATE_EXPIRED')
    },
  }
}
