import type { ProfileView } from '../../../src-main/contract/profiles'
import { useApi } from '../../api/use-api'
import { useAllows } from '../../api/use-status'
import { useExamined } from '../../state/examined-store'
import type { Path } from '../../api/paths'

/** What shows profiles or their settings, and is asked again once one has changed. */
export const changedProfile: readonly Path[] = [
  'profiles.list',
  'settings.check',
  'settings.form',
  'settings.draft',
  'ldap.summary',
  'oidc.providers',
  'application.status',
  'application.list',
  'application.get',
  'methods.status',
  'methods.overview',
  'app.status',
]

/** All profiles, for whoever may run diagnostics. */
export function useProfiles() {
  const allows = useAllows()
  return useApi('profiles.list', {}, { enabled: allows('diagnostics:run') })
}

/** The profile that is looked at in place of the governing one; null where that is the governing one itself. */
export function useExaminedProfile(): ProfileView | null {
  const name = useExamined((examined) => examined.name)
  const profiles = useProfiles()
  if (name === null) return null
  return profiles.data?.profiles.find((profile) => profile.name === name && !profile.governs) ?? null
}
