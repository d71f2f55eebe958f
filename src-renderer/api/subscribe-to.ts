import { events, type EventName, type Events } from '../../src-main/contract'
import { bridge } from './bridge'

/** Listens to an event of the core; a payload that its schema does not accept is dropped. */
export function subscribeTo<E extends EventName>(
  event: E,
  listener: (payload: Events[E]) => void,
): () => void {
  return bridge().subscribe(event, (payload) => {
    const parsed = events[event].safeParse(payload)
    if (parsed.success) listener(parsed.data as Events[E])
  })
}
