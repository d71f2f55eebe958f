import type { Filter } from './filter'

/** The attributes that a filter compares. */
export function filterAttributes(filter: Filter): readonly string[] {
  if ('filters' in filter) return filter.filters.flatMap(filterAttributes)
  if (filter.kind === 'not') return filterAttributes(filter.filter)
  return filter.attribute === '' ? [] : [filter.attribute]
}

/** Object classes in lower case without which no entry satisfies the filter. */
export function requiredClasses(filter: Filter): readonly string[] {
  if (filter.kind === 'and') return filter.filters.flatMap(requiredClasses)
  const isClass = filter.kind === 'equal' && filter.attribute.toLowerCase() === 'objectclass'
  return isClass && typeof filter.value === 'string' ? [filter.value.trim().toLowerCase()] : []
}
