import { and, formatFilter, mapAssertions, type Filter } from '../ldap/filter'
import { parseFilter } from '../ldap/filter-parser'

/** Vikunja's one filter for people, taken apart into the settings of this desk. */
export interface UserFilter {
  /** The attributes that the typed name is compared with. */
  readonly loginAttributes: readonly string[]
  readonly objectClass: string | null
  readonly rest: string | null
}

const placeholder = /%(?:\[1\])?s/

function holdsName(filter: Filter): boolean {
  let found = false
  mapAssertions(filter, (value) => {
    found ||= placeholder.test(value)
    return value
  })
  return found
}

function attributesIn(filter: Filter): string[] {
  if ('filters' in filter) return filter.filters.flatMap(attributesIn)
  return 'attribute' in filter && holdsName(filter) ? [filter.attribute] : []
}

const isObjectClass = (filter: Filter) =>
  filter.kind === 'equal' && filter.attribute.toLowerCase() === 'objectclass'

/** Null where it is no filter, or none that asks for the typed name. */
export function takeApart(text: string): UserFilter | null {
  let filter: Filter
  try {
    filter = parseFilter(text)
  } catch {
    return null
  }
  const parts = filter.kind === 'and' ? filter.filters : [filter]
  const loginAttributes = [...new Set(parts.flatMap(attributesIn))]
  if (loginAttributes.length === 0) return null
  const others = parts.filter((part) => !holdsName(part))
  const classed = others.find(isObjectClass)
  const rest = others.filter((part) => part !== classed)
  const [only] = rest
  return {
    loginAttributes,
    objectClass: classed?.kind === 'equal' ? String(classed.value) : null,
    rest: only === undefined ? null : formatFilter(rest.length === 1 ? only : and(...rest)),
  }
}
