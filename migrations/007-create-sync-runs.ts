import type { Migration } from '../src-main/core/db/history'

export const createSyncRuns: Migration = {
  name: '007-create-sync-runs',
  statements: [
    `CREATE TABLE sync_runs (
      id TEXT PRIMARY KEY,
      directory TEXT NOT NULL,
      mode TEXT NOT NULL CHECK (mode IN ('preview', 'apply')),
      completeness TEXT CHECK (completeness IN ('complete', 'partial', 'failed')),
      counts TEXT NOT NULL DEFAULT '{}',
      actor TEXT NOT NULL,
      started_at TEXT NOT NULL,
      finished_at TEXT,
      undone_at TEXT
    )`,
    `CREATE INDEX sync_runs_started ON sync_runs (started_at)`,
    `CREATE TABLE sync_changes (
      run TEXT NOT NULL REFERENCES sync_runs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      account TEXT REFERENCES users (id) ON DELETE SET NULL,
      action TEXT NOT NULL,
      before TEXT,
      after TEXT,
      PRIMARY KEY (run, position)
    ) WITHOUT ROWID`,
    `CREATE INDEX sync_changes_account ON sync_changes (account)`,
  ],
}
