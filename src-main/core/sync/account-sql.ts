/** The roles that the directory's groups gave an account, sorted, in one text; empty for none. */
export const directoryRolesOf = (account: string): string =>
  `coalesce((SELECT group_concat(role, ', ') FROM (SELECT role FROM role_grants
    WHERE account = ${account} AND source = 'ldap' ORDER BY role)), '')`

/**
 * Everything of an account that a sync decides by or changes, as one JSON text: what a preview has seen, and what a run
 * changed. Needs `$directory`.
 */
export const stateOf = (u: string): string => `json_object(
  'email', ${u}.email, 'fullName', ${u}.full_name, 'provider', ${u}.auth_provider,
  'disabledAt', ${u}.disabled_at, 'disabledSource', ${u}.disabled_source, 'disabledReason', ${u}.disabled_reason,
  'password', ${u}.password_hash IS NOT NULL, 'roles', ${directoryRolesOf(`${u}.id`)},
  'subject', (SELECT subject FROM identities WHERE account = ${u}.id AND issuer = $directory ORDER BY id LIMIT 1))`
