import type { Events } from '../../contract'

/** How far a sync is, how fast it goes and, where it can be told, how long it still takes. */
export function syncStep({ phase, done, expected, perSecond }: Events['sync.progress']): string {
  const of = expected === null ? `${done}` : `${done} of about ${Math.max(expected, done)}`
  const left = expected === null || perSecond === 0 ? 0 : Math.ceil((expected - done) / perSecond)
  return `${phase} ${of}, ${perSecond} a second${left > 0 ? `, ${left} s left` : ''}`
}
