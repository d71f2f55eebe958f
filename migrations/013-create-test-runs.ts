import type { Migration } from '../src-main/core/db/history'

export const createTestRuns: Migration = {
  name: '013-create-test-runs',
  statements: [
    `CREATE TABLE test_runs (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      profile TEXT NOT NULL,
      subject TEXT NOT NULL,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
      code TEXT,
      stages TEXT NOT NULL,
      facets TEXT NOT NULL
    )`,
    `CREATE INDEX test_runs_subject ON test_runs (profile, subject, id)`,
    `CREATE INDEX test_runs_good ON test_runs (profile, subject, id) WHERE ok = 1`,
  ],
}
