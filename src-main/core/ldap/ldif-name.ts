import { normaliseType } from './attribute-type'
import { isDn, normaliseDn } from './dn'

/** Names without escapes, of letters that are compared by their case alone: almost all there are. */
const simplePart = /^[a-z][a-z\d-]*=[a-z\d@._-]+(?: [a-z\d@._-]+)*$/i

/**
 * Normalises the names of many entries, as `normaliseDn` does; null for what is no name. Neighbours lie below the same
 * entry, whose name is worked out once.
 */
export function createEntryNames(): (dn: string) => string | null {
  let [above, normalisedAbove]: [string, string | null] = ['', '']
  const nameOf = (dn: string): string | null => {
    const comma = dn.indexOf(',')
    const part = comma < 0 ? dn : dn.slice(0, comma)
    if (!simplePart.test(part)) return isDn(dn) ? normaliseDn(dn) : null
    if (comma < 0) return normalisedPart(part)
    const rest = dn.slice(comma + 1)
    if (rest !== above)
      [above, normalisedAbove] = [rest, isDn(rest) && rest.trim() !== '' ? normaliseDn(rest) : null]
    return normalisedAbove === null ? null : `${normalisedPart(part)},${normalisedAbove}`
  }
  return nameOf
}

function normalisedPart(part: string): string {
  const equals = part.indexOf('=')
  return `${normaliseType(part.slice(0, equals))}=${part.slice(equals + 1).toLowerCase()}`
}
