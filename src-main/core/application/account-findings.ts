import type { AuthMethod } from '../../contract/app'
import type { ApplicationDetail, ApplicationFindingId } from '../../contract/application'
import type { Texts } from '../app/texts'
import { filled, type AccountMapping } from './account-mapping'

const severities: Readonly<Record<ApplicationFindingId, ApplicationDetail['explained'][number]['severity']>> =
  {
    claimable: 'error',
    'password-left': 'warning',
    'directory-with-oidc': 'warning',
    'provider-stale': 'warning',
    'no-way-in': 'info',
  }

/** Only in these modes does TimeTracker's form ask an account without a password for a new one. */
function claimable({ rules, storedProvider }: AccountMapping, method: AuthMethod | null): string {
  if (!rules.claims || method === 'oidc' || method === 'ldap' || method === 'none') return '1 = 0'
  if (method !== 'all' || storedProvider === null) return '1 = 1'
  return `LOWER(COALESCE(${storedProvider}, '')) <> 'ldap'`
}

/** Each finding as a condition on an account's row, as the application's own rules of sign-in have it. */
export function findingConditions(
  mapping: AccountMapping,
  method: AuthMethod | null,
): Readonly<Record<ApplicationFindingId, string>> {
  const { provider, storedProvider, linked, hash } = mapping
  const stored = (value: string) =>
    storedProvider === null ? '1 = 0' : `LOWER(COALESCE(${storedProvider}, '')) = '${value}'`
  const empty = `NOT ${filled(hash)}`
  return {
    claimable: `(${empty} AND ${claimable(mapping, method)})`,
    'password-left': `((${provider}) IN ('oidc', 'ldap') AND ${filled(hash)})`,
    'directory-with-oidc': `(${stored('ldap')} AND ${linked})`,
    'provider-stale': `(${stored('local')} AND ${linked} AND ${empty})`,
    'no-way-in': `(${mapping.rules.claims ? '1 = 0' : '1 = 1'} AND (${provider}) = 'local' AND ${empty} AND NOT ${linked})`,
  }
}

/** What is wrong, and what to do about it. */
export function explainFinding(
  id: ApplicationFindingId,
  texts: Texts,
): ApplicationDetail['explained'][number] {
  return {
    id,
    severity: severities[id],
    message: texts(`application.findings.${id}.message`),
    next: texts(`application.findings.${id}.next`),
  }
}
