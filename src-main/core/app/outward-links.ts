/**
 * The addresses that the window may have opened in the system browser: what the core itself has just shown it.
 * Anything else would be a way out for a page that was taken over.
 */
export interface OutwardLinks {
  readonly allow: (address: string) => void
  readonly withdraw: (address: string) => void
  readonly has: (address: string) => boolean
}

export function createOutwardLinks(): OutwardLinks {
  const allowed = new Set<string>()
  return {
    allow: (address) => void allowed.add(address),
    withdraw: (address) => void allowed.delete(address),
    has: (address) => allowed.has(address),
  }
}
