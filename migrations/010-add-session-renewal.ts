import type { Migration } from '../src-main/core/db/history'

/**
 * Whether a session is renewed with its provider, when the provider last vouched for it, and since when it could not be
 * asked. The token itself is no row's business: it lies in the secret store.
 */
export const addSessionRenewal: Migration = {
  name: '010-add-session-renewal',
  statements: [
    `ALTER TABLE sessions ADD COLUMN renewable INTEGER NOT NULL DEFAULT 0 CHECK (renewable IN (0, 1))`,
    `ALTER TABLE sessions ADD COLUMN renewed_at TEXT`,
    `ALTER TABLE sessions ADD COLUMN offline_since TEXT`,
    `CREATE INDEX sessions_renewable ON sessions (id) WHERE renewable = 1`,
  ],
}
