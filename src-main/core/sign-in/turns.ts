/** Runs work one after the other for each key. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** Parallel tries for one name wait for each other, so that none is let through before the last one was counted. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work)
    const settled = turn
      .catch(() => null)
      .then(() => {
        if (last.get(key) === settled) last.delete(key)
      })
    last.set(key, settled)
    return turn
  }
}
