import type { EventName, Events } from '../../contract'
import type { Result } from '../../contract/errors'

/**
 * Who calls: the window (and whoever is signed in there), the operating-system user at the command line, or the console's
 * own schedule.
 */
export type Caller =
  { readonly kind: 'window' } | { readonly kind: 'os'; readonly name: string } | { readonly kind: 'schedule' }

export type Emit = <E extends EventName>(event: E, payload: Events[E]) => void

/** One request as it comes through the one door; `input` is whatever the other side sent. */
export interface Call {
  readonly path: string
  readonly input: unknown
  readonly caller: Caller
  readonly emit: Emit
  readonly signal?: AbortSignal
}

export type Dispatch = (call: Call) => Promise<Result<unknown>>
