import { AppError } from '../../contract/errors'
import type { LdapSettings } from '../app/ports'
import { parseDn } from './dn'
import { parseFilter } from './filter-parser'

/** Runs a parser of one setting's value; its error names the setting. */
export function located(setting: string, parse: () => unknown): void {
  try {
    parse()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, { details: { setting, ...error.details }, cause: error })
  }
}

const names: readonly string[] = ['LDAP_BASE_DN', 'LDAP_USER_DN', 'LDAP_GROUP_DN']

/** Refuses settings of which something could not be read, by the first of it. */
export function requireReadable({ invalid = [] }: LdapSettings): void {
  const [first] = invalid
  if (!first) return
  const { setting, value, message } = first
  if (value !== null && setting === 'LDAP_USER_FILTER') located(setting, () => parseFilter(value))
  if (value !== null && names.includes(setting)) located(setting, () => parseDn(value))
  throw new AppError('LDAP_CONFIG_INVALID', { details: { setting, reason: message } })
}
