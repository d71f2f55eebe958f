import * as ldapts from 'ldapts'
import { formatFilter, type Filter } from './filter'

/**
 * The filter as ldapts sends it. It is built from parts and never from text: ldapts reads `\c3\bc` in a filter text as
 * two characters instead of the bytes of one.
 */
export function toWireFilter(filter: Filter): ldapts.Filter {
  switch (filter.kind) {
    case 'and':
      return new ldapts.AndFilter({ filters: filter.filters.map(toWireFilter) })
    case 'or':
      return new ldapts.OrFilter({ filters: filter.filters.map(toWireFilter) })
    case 'not':
      return new ldapts.NotFilter({ filter: toWireFilter(filter.filter) })
    case 'present':
      return new ldapts.PresenceFilter({ attribute: filter.attribute })
    case 'equal':
      return new ldapts.EqualityFilter({ attribute: filter.attribute, value: filter.value })
    case 'substring':
      return new ldapts.SubstringFilter({ ...filter, any: [...filter.any] })
    case 'extensible':
      return new ldapts.ExtensibleFilter({
        matchType: filter.attribute,
        rule: filter.rule,
        dnAttributes: filter.dn === 'with-dn',
        value: filter.value,
      })
    case 'approx':
      return new ldapts.ApproximateFilter({ attribute: filter.attribute, value: textOnly(filter) })
    case 'greater':
      return new ldapts.GreaterThanEqualsFilter({ attribute: filter.attribute, value: textOnly(filter) })
    case 'less':
      return new ldapts.LessThanEqualsFilter({ attribute: filter.attribute, value: textOnly(filter) })
  }
}

/** ldapts compares order with text only; bytes that are no text can't be sent unchanged. */
function textOnly(filter: Extract<Filter, { kind: 'approx' | 'greater' | 'less' | 'equal' }>): string {
  if (typeof filter.value === 'string') return filter.value
  throw new TypeError(`No order between bytes: ${formatFilter(filter)}`)
}
