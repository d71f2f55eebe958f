import { hexEscape, isControl } from './printable'

/** A value to compare with: text, or the bytes of a binary attribute. */
export type Assertion = string | Buffer

/** A search filter as parts (RFC 4511 section 4.5.1.7); text in, escaping at the very end only. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'present'; readonly attribute: string }
  | { readonly kind: Comparison; readonly attribute: string; readonly value: Assertion }
  | {
      readonly kind: 'substring'
      readonly attribute: string
      readonly initial: string
      readonly any: readonly string[]
      readonly final: string
    }
  | {
      readonly kind: 'extensible'
      readonly attribute: string
      readonly rule: string
      readonly dn: 'with-dn' | 'without-dn'
      readonly value: string
    }
export type Comparison = 'equal' | 'approx' | 'greater' | 'less'

export const and = (...filters: readonly Filter[]): Filter => ({ kind: 'and', filters })
export const or = (...filters: readonly Filter[]): Filter => ({ kind: 'or', filters })
export const not = (filter: Filter): Filter => ({ kind: 'not', filter })
export const present = (attribute: string): Filter => ({ kind: 'present', attribute })
export const equal = (attribute: string, value: Assertion): Filter => ({ kind: 'equal', attribute, value })
/** What every entry satisfies. */
export const anything: Filter = present('objectClass')

const operators: Readonly<Record<Comparison, string>> = {
  equal: '=',
  approx: '~=',
  greater: '>=',
  less: '<=',
}

/** Escapes what has a meaning in a filter (RFC 4515 section 3); bytes that are no text become hex. */
export function escapeAssertion(value: Assertion): string {
  if (typeof value === 'string') {
    return Array.from(value, (char) =>
      '()*\\'.includes(char) || isControl(char) ? hexEscape(char) : char,
    ).join('')
  }
  return [...value].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
}

/** The filter as RFC 4515 text. */
export function formatFilter(filter: Filter): string {
  return `(${body(filter)})`
}

function body(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `${filter.kind === 'and' ? '&' : '|'}${filter.filters.map(formatFilter).join('')}`
    case 'not':
      return `!${formatFilter(filter.filter)}`
    case 'present':
      return `${filter.attribute}=*`
    case 'substring':
      return `${filter.attribute}=${[filter.initial, ...filter.any, filter.final].map(escapeAssertion).join('*')}`
    case 'extensible': {
      const dn = filter.dn === 'with-dn' ? ':dn' : ''
      const rule = filter.rule === '' ? '' : `:${filter.rule}`
      return `${filter.attribute}${dn}${rule}:=${escapeAssertion(filter.value)}`
    }
    case 'equal':
    case 'approx':
    case 'greater':
    case 'less':
      return `${filter.attribute}${operators[filter.kind]}${escapeAssertion(filter.value)}`
  }
}

/** The same filter with every text value put through `change`. */
export function mapAssertions(filter: Filter, change: (value: string) => string): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map((each) => mapAssertions(each, change)) }
    case 'not':
      return { ...filter, filter: mapAssertions(filter.filter, change) }
    case 'present':
      return filter
    case 'substring':
      return {
        ...filter,
        initial: change(filter.initial),
        any: filter.any.map(change),
        final: change(filter.final),
      }
    case 'extensible':
      return { ...filter, value: change(filter.value) }
    case 'equal':
    case 'approx':
    case 'greater':
    case 'less':
      return { ...filter, value: typeof filter.value === 'string' ? change(filter.value) : filter.value }
  }
}
