import type { Migration } from '../src-main/core/db/history'

export const createSessions: Migration = {
  name: '002-create-sessions',
  statements: [
    `CREATE TABLE sessions (
      id TEXT PRIMARY KEY,
      account TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      via TEXT NOT NULL,
      host TEXT NOT NULL,
      started_at TEXT NOT NULL,
      last_seen_at TEXT NOT NULL,
      expires_at TEXT NOT NULL,
      ended_at TEXT
    )`,
    `CREATE INDEX sessions_open ON sessions (account, expires_at) WHERE ended_at IS NULL`,
    `CREATE TABLE sign_in_attempts (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL,
      provider TEXT CHECK (provider IN ('local', 'oidc', 'ldap')),
      slug TEXT,
      code TEXT,
      at TEXT NOT NULL
    )`,
    `CREATE INDEX sign_in_attempts_key ON sign_in_attempts (key, at)`,
    `CREATE INDEX sign_in_attempts_failed ON sign_in_attempts (at) WHERE code IS NOT NULL`,
    `CREATE INDEX sign_in_attempts_way ON sign_in_attempts (provider, slug, at)`,
  ],
}
