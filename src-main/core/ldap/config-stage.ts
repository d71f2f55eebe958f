import { AppError } from '../../contract/errors'
import type { LdapSettings } from '../app/ports'
import { targetOf } from './connect'
import { parseDn } from './dn'
import { parseFilter } from './filter-parser'
import { located, requireReadable } from './invalid-settings'
import { runStage, type LadderContext, type StageRun } from './ladder'
import { row } from './stage-evidence'

/** Whether the settings can be used at all; nothing is sent. A file needs neither a server nor an account. */
export function configStage(
  context: LadderContext,
  settings: LdapSettings,
  source: 'network' | 'file',
): Promise<StageRun<null>> {
  const { texts } = context
  return runStage<null>(context, {
    id: 'config',
    asked: texts('ldap.asked.config'),
    work: async () => {
      try {
        requireReadable(settings)
        if (source === 'network') requireServer(settings)
        requireNames(settings)
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)))
      }
      const anonymous = source === 'network' && settings.bindDn === null
      const account = settings.bindDn ?? texts('ldap.value.anonymous')
      const detail = [
        ...(source === 'network'
          ? settings.servers.map((server) => row(texts, 'server', targetOf(server)))
          : []),
        row(texts, 'base', settings.baseDn),
        ...(source === 'network' ? [row(texts, 'bindDn', account)] : []),
      ]
      return Promise.resolve({
        value: null,
        summary: texts(anonymous ? 'ldap.passed.configAnonymous' : 'ldap.passed.config'),
        detail,
      })
    },
  })
}

function missing(setting: string): never {
  throw new AppError('LDAP_CONFIG_INVALID', { details: { setting } })
}

function requireServer(settings: LdapSettings): void {
  if (settings.servers.length === 0) missing('LDAP_HOST')
  if (settings.bindDn === null && !settings.allowAnonymous) missing('LDAP_BIND_DN')
  const password = settings.bindPasswordWithheld === true ? 'withheld' : settings.bindPassword
  if (settings.bindDn !== null && (password ?? '') === '') missing('LDAP_BIND_PASSWORD')
}

/** The service account's name is left to the directory: Active Directory takes forms that are no DN. */
function requireNames(settings: LdapSettings): void {
  if (settings.baseDn.trim() === '') missing('LDAP_BASE_DN')
  if (settings.loginAttribute.trim() === '') missing('LDAP_USER_LOGIN_ATTR')
  for (const [setting, dn] of [
    ['LDAP_BASE_DN', settings.baseDn],
    ['LDAP_USER_DN', settings.userBase],
    ['LDAP_GROUP_DN', settings.groupBase],
  ] as const) {
    located(setting, () => parseDn(dn))
  }
  const { userFilter } = settings
  if (userFilter !== null) located('LDAP_USER_FILTER', () => parseFilter(userFilter))
}
