import type { Migration } from '../src-main/core/db/history'

const highest = (account: string): string => `UPDATE users SET role = coalesce(
  (SELECT role FROM role_grants WHERE account = users.id
    ORDER BY CASE role WHEN 'admin' THEN 0 WHEN 'helpdesk' THEN 1 WHEN 'auditor' THEN 2 ELSE 3 END LIMIT 1),
  'user') WHERE id = ${account}`

/**
 * What the list of accounts stands on: the highest role kept in the row by triggers, an index for each order,
 * one that answers filters, short searches and counts without the rows, and the trigram index of the search.
 */
export const indexUserList: Migration = {
  name: '008-index-user-list',
  statements: [
    `ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'user'
      CHECK (role IN ('admin', 'helpdesk', 'auditor', 'user'))`,
    highest('users.id'),
    `CREATE TRIGGER role_grants_added AFTER INSERT ON role_grants BEGIN ${highest('new.account')}; END`,
    `CREATE TRIGGER role_grants_removed AFTER DELETE ON role_grants BEGIN ${highest('old.account')}; END`,
    `CREATE INDEX users_by_username ON users (username_sort, seq) WHERE deleted_at IS NULL`,
    `CREATE INDEX users_by_email ON users (email_sort, seq) WHERE deleted_at IS NULL`,
    `CREATE INDEX users_by_full_name ON users (full_name_sort, seq) WHERE deleted_at IS NULL`,
    `CREATE INDEX users_by_provider ON users (auth_provider, seq) WHERE deleted_at IS NULL`,
    `CREATE INDEX users_by_last_sign_in ON users (last_sign_in, seq) WHERE deleted_at IS NULL`,
    `CREATE INDEX users_by_facet ON users (
      auth_provider, role, disabled_at, locked_until, must_change_password, pending_link, deleted_at,
      search_text) WHERE deleted_at IS NULL`,
    `CREATE VIRTUAL TABLE users_search USING fts5(
      search_text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1')`,
    `INSERT INTO users_search (rowid, search_text) SELECT seq, search_text FROM users WHERE deleted_at IS NULL`,
    `CREATE TRIGGER users_search_added AFTER INSERT ON users WHEN new.deleted_at IS NULL BEGIN
      INSERT INTO users_search (rowid, search_text) VALUES (new.seq, new.search_text);
    END`,
    `CREATE TRIGGER users_search_changed AFTER UPDATE OF search_text, deleted_at ON users
      WHEN old.search_text IS NOT new.search_text OR old.deleted_at IS NOT new.deleted_at BEGIN
      DELETE FROM users_search WHERE rowid = old.seq;
      INSERT INTO users_search (rowid, search_text) SELECT new.seq, new.search_text WHERE new.deleted_at IS NULL;
    END`,
    `CREATE TRIGGER users_search_removed AFTER DELETE ON users BEGIN
      DELETE FROM users_search WHERE rowid = old.seq;
    END`,
  ],
}
