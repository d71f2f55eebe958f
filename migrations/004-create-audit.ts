import type { Migration } from '../src-main/core/db/history'

export const createAudit: Migration = {
  name: '004-create-audit',
  statements: [
    `CREATE TABLE audit_events (
      sequence INTEGER PRIMARY KEY,
      phase TEXT NOT NULL CHECK (phase IN ('done', 'intent', 'outcome')),
      intent INTEGER,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      os_user TEXT NOT NULL,
      host TEXT NOT NULL,
      action TEXT NOT NULL,
      target TEXT,
      account TEXT,
      code TEXT NOT NULL,
      reason TEXT,
      before TEXT,
      after TEXT,
      previous_hash TEXT NOT NULL,
      hash TEXT NOT NULL,
      mac TEXT
    )`,
    `CREATE INDEX audit_events_account ON audit_events (account, sequence)`,
    `CREATE INDEX audit_events_intent ON audit_events (intent) WHERE intent IS NOT NULL`,
    `CREATE INDEX audit_events_open ON audit_events (sequence) WHERE phase = 'intent'`,
    `CREATE TABLE console_state (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) WITHOUT ROWID`,
  ],
}
