/** Holds one value until it is taken, so that a password is handed on without staying in any cache. */
export interface OneSlot<T> {
  readonly put: (value: T) => void
  readonly take: () => T
}

export function createOneSlot<T>(): OneSlot<T> {
  const held: T[] = []
  return {
    put: (value) => {
      held.length = 0
      held.push(value)
    },
    take: () => {
      const value = held.pop()
      if (value === undefined) throw new Error('The slot is empty')
      return value
    },
  }
}
