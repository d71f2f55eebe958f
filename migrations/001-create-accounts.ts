import type { Migration } from '../src-main/core/db/history'

export const createAccounts: Migration = {
  name: '001-create-accounts',
  statements: [
    `CREATE TABLE users (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      username TEXT NOT NULL,
      username_folded TEXT NOT NULL UNIQUE,
      username_sort TEXT NOT NULL,
      email TEXT,
      email_folded TEXT,
      email_sort TEXT,
      full_name TEXT,
      full_name_sort TEXT,
      search_text TEXT NOT NULL,
      password_hash TEXT,
      must_change_password INTEGER NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)),
      password_expires_at TEXT,
      password_changed_at TEXT,
      disabled_at TEXT,
      disabled_source TEXT,
      disabled_reason TEXT,
      locked_until TEXT,
      pending_link INTEGER NOT NULL DEFAULT 0 CHECK (pending_link IN (0, 1)),
      last_sign_in TEXT,
      created_at TEXT NOT NULL,
      deleted_at TEXT,
      CHECK ((disabled_at IS NULL) = (disabled_source IS NULL))
    )`,
    `CREATE INDEX users_email ON users (email_folded) WHERE deleted_at IS NULL`,
    `CREATE TABLE identities (
      id INTEGER PRIMARY KEY,
      account TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('oidc', 'ldap')),
      issuer TEXT NOT NULL,
      subject TEXT NOT NULL,
      slug TEXT,
      email TEXT,
      name TEXT,
      picture_url TEXT,
      claims TEXT NOT NULL DEFAULT '{}',
      first_sign_in TEXT,
      last_sign_in TEXT,
      UNIQUE (issuer, subject)
    )`,
    `CREATE INDEX identities_account ON identities (account)`,
    `CREATE TABLE role_grants (
      account TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      role TEXT NOT NULL CHECK (role IN ('admin', 'helpdesk', 'auditor', 'user')),
      source TEXT NOT NULL,
      granted_at TEXT NOT NULL,
      PRIMARY KEY (account, role, source)
    ) WITHOUT ROWID`,
  ],
}
