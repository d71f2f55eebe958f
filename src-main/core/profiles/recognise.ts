import { applicationKinds, applicationSchema, type ApplicationKind } from '../../contract/profiles'
import { isYaml } from '../settings/settings-file'

/** Names that only one of the applications has, or has under this spelling. */
const marks: Readonly<Record<Exclude<ApplicationKind, 'authdesk'>, RegExp>> = {
  timetracker:
    /^(?:LDAP_\w+|SECRET_KEY|FLASK_\w+|SETTINGS_ENCRYPTION_KEY|OIDC_(?:ISSUER|REDIRECT_URI|SCOPES|ADMIN_GROUP|ROLE_GROUP_MAP|METADATA_\w+|USE_\w+))$/,
  tududi:
    /^(?:TUDUDI_\w+|PASSWORD_AUTH_ENABLED|BASE_URL|OIDC_(?:PROVIDER_\w+|ISSUER_URL|SCOPE|ADMIN_EMAIL_DOMAINS))$/,
  pulse:
    /^(?:PULSE_\w+|PROXY_AUTH_\w+|OIDC_(?:ALLOWED_\w+|ISSUER_URL|REDIRECT_URL|SCOPES|LOGOUT_URL|GROUP_ROLE_MAPPINGS|CA_BUNDLE))$/,
  vikunja: /^(?:VIKUNJA_\w+|auth\..+|service\..+)$/,
}

/** Names that none of the applications has. */
const own =
  /^(?:AUTHDESK_(?!APP_)\w+|AUTH_HIDE_LOCAL_LOGIN|PASSWORD_MIN_LENGTH|SESSION_MAX_HOURS|AUDIT_\w+|OIDC_(?:LOOPBACK_\w+|TEAMS_CLAIM)|LDAP_(?:HELPDESK_GROUP|AUDITOR_GROUP|USER_FILTER|GROUP_MEMBER_ATTR|NESTED_GROUPS|UUID_ATTR|PAGE_SIZE|TLS_SERVER_NAME|EMAIL_TRUSTED|ALLOW_\w+))$/

/** Whose settings a file holds: as it says itself, else by the names in it; a draw is nobody's. */
export function recognise(values: Readonly<Record<string, string>>, path: string | null): ApplicationKind {
  const said = applicationSchema.safeParse(values['AUTHDESK_APPLICATION']?.trim().toLowerCase())
  if (said.success) return said.data
  if (path !== null && isYaml(path)) return 'vikunja'
  const names = Object.keys(values)
  if (names.some((name) => own.test(name))) return 'authdesk'
  const scores = applicationKinds
    .map((kind) => ({
      kind,
      score: kind === 'authdesk' ? 0 : names.filter((name) => marks[kind].test(name)).length,
    }))
    .toSorted((a, b) => b.score - a.score)
  const [best, next] = scores
  return best && best.score > (next?.score ?? 0) ? best.kind : 'authdesk'
}
