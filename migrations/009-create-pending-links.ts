import type { Migration } from '../src-main/core/db/history'

/** Identities that wait for an administrator to say whose they are; one that was refused is not asked about again. */
export const createPendingLinks: Migration = {
  name: '009-create-pending-links',
  statements: [
    `CREATE TABLE pending_links (
      id TEXT PRIMARY KEY,
      account TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('oidc', 'ldap')),
      issuer TEXT NOT NULL,
      subject TEXT NOT NULL,
      slug TEXT,
      email TEXT,
      name TEXT,
      login TEXT,
      claims TEXT NOT NULL DEFAULT '{}',
      tries INTEGER NOT NULL DEFAULT 1,
      created_at TEXT NOT NULL,
      last_at TEXT NOT NULL,
      refused_at TEXT,
      refused_by TEXT,
      UNIQUE (account, issuer, subject)
    )`,
    `ALTER TABLE identities ADD COLUMN linked_at TEXT`,
    `UPDATE identities SET linked_at = first_sign_in`,
    `CREATE INDEX pending_links_open ON pending_links (created_at) WHERE refused_at IS NULL`,
  ],
}
