import type { Migration } from '../src-main/core/db/history'

export const createTeams: Migration = {
  name: '006-create-teams',
  statements: [
    `CREATE TABLE teams (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      description TEXT,
      is_public INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1)),
      issuer TEXT,
      external_id TEXT,
      provider TEXT,
      created_at TEXT NOT NULL,
      UNIQUE (issuer, external_id),
      CHECK ((issuer IS NULL) = (external_id IS NULL))
    )`,
    `CREATE TABLE team_members (
      team TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
      account TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      added_at TEXT NOT NULL,
      PRIMARY KEY (team, account)
    ) WITHOUT ROWID`,
    `CREATE INDEX team_members_account ON team_members (account)`,
  ],
}
