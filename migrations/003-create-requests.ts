import type { Migration } from '../src-main/core/db/history'

export const createRequests: Migration = {
  name: '003-create-requests',
  statements: [
    `CREATE TABLE requests (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      account TEXT REFERENCES users (id) ON DELETE CASCADE,
      details TEXT NOT NULL DEFAULT '{}',
      created_at TEXT NOT NULL,
      done_at TEXT,
      done_by TEXT
    )`,
    `CREATE INDEX requests_open ON requests (created_at) WHERE done_at IS NULL`,
    `CREATE INDEX requests_account ON requests (account)`,
  ],
}
