import type { Migration } from '../src-main/core/db/history'

/**
 * What the newest preview of a sync has read and what it would do, and who runs a sync right now. An applied run keeps
 * each account's name beside what it changed, since an account that it made may be gone again.
 */
export const createSyncStaging: Migration = {
  name: '012-create-sync-staging',
  statements: [
    `CREATE TABLE sync_staged (
      position INTEGER PRIMARY KEY,
      entry_id TEXT NOT NULL,
      dn TEXT NOT NULL,
      username TEXT NOT NULL,
      email TEXT,
      email_folded TEXT,
      full_name TEXT,
      roles TEXT,
      locked TEXT,
      barred TEXT
    )`,
    `CREATE INDEX sync_staged_entry ON sync_staged (entry_id)`,
    `CREATE INDEX sync_staged_name ON sync_staged (username)`,
    `CREATE INDEX sync_staged_email ON sync_staged (email_folded) WHERE email_folded IS NOT NULL`,
    `CREATE TABLE sync_planned (
      position INTEGER PRIMARY KEY,
      dn TEXT NOT NULL,
      username TEXT NOT NULL,
      action TEXT NOT NULL,
      code TEXT,
      account TEXT,
      changes TEXT NOT NULL,
      seen TEXT,
      target TEXT
    )`,
    `CREATE INDEX sync_planned_action ON sync_planned (action, code)`,
    `CREATE INDEX sync_planned_account ON sync_planned (account) WHERE account IS NOT NULL`,
    `CREATE TABLE sync_lock (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      run TEXT NOT NULL,
      beat TEXT NOT NULL
    )`,
    `ALTER TABLE sync_changes ADD COLUMN username TEXT`,
  ],
}
