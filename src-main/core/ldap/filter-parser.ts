import { AppError } from '../../contract/errors'
import type { Filter } from './filter'
import { readFilterText } from './filter-reader'
import { proposeFilter } from './filter-repair'

/**
 * Reads an RFC 4515 filter. `LDAP_FILTER_SYNTAX` carries the position (characters from 0), the reason and, where a
 * correction suggests itself, the filter that was probably meant.
 */
export function parseFilter(text: string): Filter {
  const read = readFilterText(text)
  if (read.ok) return read.filter
  const proposal = proposeFilter(text)
  throw new AppError('LDAP_FILTER_SYNTAX', {
    details: {
      ...{ filter: text, position: read.position, reason: read.reason },
      ...(proposal === null ? {} : { proposal }),
    },
  })
}
