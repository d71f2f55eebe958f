import { normaliseDn } from './dn'
import { valuesOf, type Entry } from './entry'
import type { Assertion, Filter } from './filter'
import { sameGuid } from './guid'
import { foldInside, foldValue } from './prepared-value'
import { sameSid } from './sid'

/** Attributes whose values are names of entries in the directories we know: compared as names, not as text. */
const nameAttributes: ReadonlySet<string> = new Set([
  'member',
  'memberof',
  'uniquemember',
  'owner',
  'manager',
  'seealso',
  'roleoccupant',
  'distinguishedname',
  'entrydn',
])

const bitAnd = '1.2.840.113556.1.4.803'
const bitOr = '1.2.840.113556.1.4.804'

/** Whether an entry satisfies a filter without a schema: text ignores case, an absent attribute is no match. */
export function matches(entry: Entry, filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((each) => matches(entry, each))
    case 'or':
      return filter.filters.some((each) => matches(entry, each))
    case 'not':
      return !matches(entry, filter.filter)
    case 'present':
      return valuesOf(entry, filter.attribute).length > 0
    case 'equal':
    case 'approx':
      return equals(entry, filter.attribute, filter.value)
    case 'greater':
      return valuesOf(entry, filter.attribute).some((value) => compare(value, filter.value) >= 0)
    case 'less':
      return valuesOf(entry, filter.attribute).some((value) => compare(value, filter.value) <= 0)
    case 'substring':
      return substring(entry, filter)
    case 'extensible':
      return extensible(entry, filter)
  }
}

/** The form in which values of an attribute are equal. */
export function comparable(attribute: string, value: string): string {
  return nameAttributes.has(attribute.toLowerCase()) ? normaliseDn(value) : foldValue(value)
}

/** Active Directory lets identifiers be asked for as bytes or as text (MS-ADTS section 3.1.1.3.1.3.1). */
const identifiers: Readonly<Record<string, (one: Buffer, other: Assertion) => boolean>> = {
  objectguid: sameGuid,
  objectsid: sameSid,
}

function equals(entry: Entry, attribute: string, wanted: Assertion): boolean {
  const values = valuesOf(entry, attribute)
  const same = identifiers[attribute.toLowerCase()]
  if (same && values.some((value) => same(value, wanted))) return true
  if (typeof wanted !== 'string') return values.some((value) => value.equals(wanted))
  const form = comparable(attribute, wanted)
  return values.some((value) => comparable(attribute, value.toString('utf8')) === form)
}

function compare(value: Buffer, wanted: Assertion): number {
  if (typeof wanted !== 'string') return value.compare(wanted)
  const [one, other] = [value.toString('utf8').trim(), wanted.trim()]
  if (/^-?\d+$/.test(one) && /^-?\d+$/.test(other)) {
    return BigInt(one) < BigInt(other) ? -1 : Number(BigInt(one) > BigInt(other))
  }
  return foldValue(one) < foldValue(other) ? -1 : Number(foldValue(one) > foldValue(other))
}

function substring(entry: Entry, filter: Extract<Filter, { kind: 'substring' }>): boolean {
  return valuesOf(entry, filter.attribute).some((raw) => {
    const value = foldInside(raw.toString('utf8'))
    const [initial, final] = [foldInside(filter.initial), foldInside(filter.final)]
    if (!value.startsWith(initial)) return false
    let at = initial.length
    for (const part of filter.any.map(foldInside)) {
      const found = value.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return value.endsWith(final) && value.length - final.length >= at
  })
}

/** Active Directory's bit rules on numbers; any other rule compares as equality does. */
function extensible(entry: Entry, filter: Extract<Filter, { kind: 'extensible' }>): boolean {
  if (filter.attribute === '') return false
  if (filter.rule !== bitAnd && filter.rule !== bitOr) return equals(entry, filter.attribute, filter.value)
  if (!/^\d+$/.test(filter.value)) return false
  const mask = BigInt(filter.value)
  return valuesOf(entry, filter.attribute).some((raw) => {
    const text = raw.toString('utf8').trim()
    if (!/^-?\d+$/.test(text)) return false
    const bits = BigInt.asUintN(64, BigInt(text)) & mask
    return filter.rule === bitAnd ? bits === mask : bits !== 0n
  })
}
