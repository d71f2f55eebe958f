/** Where two issuers part: the position counts from 1, null stands for the end of the shorter one. */
export interface IssuerDifference {
  readonly position: number
  readonly configured: string | null
  readonly stated: string | null
  readonly kind: 'slash' | 'scheme' | 'letterCase' | 'wellKnown' | 'other'
}

/** Character by character; null where both are the same. */
export function issuerDifference(configured: string, stated: string): IssuerDifference | null {
  if (configured === stated) return null
  const left = Array.from(configured)
  const right = Array.from(stated)
  let index = 0
  while (left[index] !== undefined && left[index] === right[index]) index++
  return {
    position: index + 1,
    configured: left[index] ?? null,
    stated: right[index] ?? null,
    kind: kindOf(configured, stated),
  }
}

function kindOf(configured: string, stated: string): IssuerDifference['kind'] {
  if (configured.includes('/.well-known/')) return 'wellKnown'
  if (configured.replace(/\/$/, '') === stated.replace(/\/$/, '')) return 'slash'
  if (configured.replace(/^https?:/, '') === stated.replace(/^https?:/, '')) return 'scheme'
  return configured.toLowerCase() === stated.toLowerCase() ? 'letterCase' : 'other'
}
