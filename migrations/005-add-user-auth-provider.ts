import type { Migration } from '../src-main/core/db/history'

/** Old accounts with an identity and no password came from single sign-on; all others have always been local. */
export const addUserAuthProvider: Migration = {
  name: '005-add-user-auth-provider',
  statements: [
    `ALTER TABLE users ADD COLUMN auth_provider TEXT NOT NULL DEFAULT 'local'
      CHECK (auth_provider IN ('local', 'oidc', 'ldap'))`,
    `UPDATE users SET auth_provider = 'oidc'
      WHERE password_hash IS NULL AND EXISTS (SELECT 1 FROM identities WHERE identities.account = users.id)`,
  ],
}
