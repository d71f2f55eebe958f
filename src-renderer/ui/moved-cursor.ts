interface Rows {
  readonly count: number
  readonly page: number
}

/** Where a key moves the cursor from `at` (-1: nowhere yet), or null when it is not a moving key. */
export function movedCursor(key: string, at: number, { count, page }: Rows): number | null {
  const within = (index: number) => Math.min(Math.max(index, 0), count - 1)
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown':
      return within(at + 1)
    case 'ArrowUp':
      return within(at - 1)
    case 'PageDown':
      return within(at + page)
    case 'PageUp':
      return within(at - page)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
