/**
 * Databases of the applications, made from what is known of their tables (names, types, defaults), with columns and
 * tables beside them that must stay untouched. No application wrote them.
 */
export type Dialect = 'sqlite' | 'postgres'

export interface Person {
  readonly id: number
  readonly name: string
  /** What the console must take it for. */
  readonly provider: 'local' | 'oidc' | 'ldap' | 'other'
  readonly state: 'enabled' | 'disabled' | 'locked' | 'unconfirmed'
  readonly admin?: true
  readonly findings?: readonly string[]
}

export interface Fixture {
  readonly kind: 'timetracker' | 'tududi' | 'vikunja'
  readonly age: 'new' | 'old'
  readonly dialects: readonly Dialect[]
  readonly version: string
  readonly sql: (dialect: Dialect) => string
  readonly people: readonly Person[]
  /** What a reset and a switch may touch, beside the sessions. */
  readonly columns: { readonly password: readonly string[]; readonly enabling: readonly string[] }
  /** Rows of the sessions' table that belong to each id. */
  readonly sessions: { readonly table: string; readonly of: Readonly<Record<number, number>> } | null
}

const hex = 'ab'.repeat(64)
export const scryptHash = `scrypt:32768:8:1$saltsaltsaltsalt$${hex}`
export const pbkdf2Hash = `pbkdf2:sha256:1000$saltsaltsaltsalt$${'cd'.repeat(32)}`
export const bcrypt = (sign: string, cost: number) => `$${sign}$${cost}$${'x'.repeat(53)}`

const text = (value: string | null) => (value === null ? 'NULL' : `'${value}'`)
const time = (dialect: Dialect) => (dialect === 'sqlite' ? 'DATETIME' : 'TIMESTAMP')

interface TimeTrackerRow {
  readonly id: number
  readonly name: string
  readonly role?: string
  readonly active?: 'FALSE'
  readonly hash?: string
  readonly stored?: string
  readonly sub?: string
}

function timetrackerUsers(dialect: Dialect, age: 'new' | 'old', rows: readonly TimeTrackerRow[]): string {
  const provider = age === 'new' ? "auth_provider VARCHAR(20) NOT NULL DEFAULT 'local'," : ''
  const at = time(dialect)
  const values = rows.map(({ id, name, role = 'user', active = 'TRUE', hash, stored = 'local', sub }) => {
    const issuer = sub === undefined ? null : 'https://idp.example.test'
    const own = [
      `${id}`,
      `'${name}'`,
      `'${name}@example.test'`,
      `'${name.toUpperCase()} Person'`,
      `'${role}'`,
    ]
    const rest = [active, `'2026-05-01 08:30:00.5'`, text(sub ?? null), text(issuer), text(hash ?? null)]
    return `(${[...own, ...rest, ...(age === 'new' ? [`'${stored}'`] : [])].join(', ')})`
  })
  const columns = `id, username, email, full_name, role, is_active, last_login, oidc_sub, oidc_issuer, password_hash`
  return `CREATE TABLE users (
      id INTEGER PRIMARY KEY, username VARCHAR(80) UNIQUE NOT NULL, email VARCHAR(200), full_name VARCHAR(200),
      role VARCHAR(20) NOT NULL, is_active BOOLEAN NOT NULL, last_login ${at},
      created_at ${at} DEFAULT '2025-01-01 00:00:00', oidc_sub VARCHAR(255), oidc_issuer VARCHAR(255), ${provider}
      password_hash VARCHAR(255), password_change_required BOOLEAN NOT NULL DEFAULT FALSE,
      two_factor_enabled BOOLEAN NOT NULL DEFAULT FALSE, two_factor_secret VARCHAR(255) DEFAULT 'JBSWY3DPEHPK3PXP',
      portal_only BOOLEAN NOT NULL DEFAULT FALSE, theme VARCHAR(20) DEFAULT 'dark',
      CONSTRAINT uq_users_oidc_issuer_sub UNIQUE (oidc_issuer, oidc_sub));
    CREATE TABLE roles (id INTEGER PRIMARY KEY, name VARCHAR(80));
    CREATE TABLE user_roles (user_id INTEGER REFERENCES users(id), role_id INTEGER REFERENCES roles(id));
    CREATE TABLE time_entries (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users(id), notes TEXT);
    INSERT INTO users (${columns}${age === 'new' ? ', auth_provider' : ''}) VALUES ${values.join(',\n')};
    INSERT INTO time_entries VALUES (1, 1, 'kept'), (2, 2, 'as it is');
    INSERT INTO roles VALUES (1, 'admin'), (2, 'user'); INSERT INTO user_roles VALUES (2, 2);`
}

const alembic = (version: string) =>
  `CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
   INSERT INTO alembic_version VALUES ('${version}');`

const timetrackerColumns = {
  password: ['users.password_hash', 'users.password_change_required'],
  enabling: ['users.is_active'],
}

const timetrackerNew: Fixture = {
  kind: 'timetracker',
  age: 'new',
  dialects: ['sqlite', 'postgres'],
  version: '153_add_user_auth_provider',
  sql: (dialect) =>
    alembic('153_add_user_auth_provider') +
    timetrackerUsers(dialect, 'new', [
      { id: 1, name: 'root', role: 'admin', hash: scryptHash },
      { id: 2, name: 'ada', hash: scryptHash },
      { id: 3, name: 'grace', stored: 'ldap' },
      { id: 4, name: 'alan', stored: 'ldap', hash: scryptHash },
      { id: 5, name: 'katherine', stored: 'oidc', sub: 'k-1' },
      { id: 6, name: 'edsger', stored: 'oidc', sub: 'e-1', hash: scryptHash },
      { id: 7, name: 'barbara' },
      { id: 8, name: 'margaret', sub: 'm-1' },
      { id: 9, name: 'donald', active: 'FALSE', hash: pbkdf2Hash },
      { id: 10, name: 'radia', stored: 'ldap', sub: 'r-1' },
      { id: 11, name: 'odd', stored: 'saml', hash: scryptHash },
    ]),
  people: [
    { id: 1, name: 'root', provider: 'local', state: 'enabled', admin: true },
    { id: 2, name: 'ada', provider: 'local', state: 'enabled' },
    { id: 3, name: 'grace', provider: 'ldap', state: 'enabled', findings: ['claimable'] },
    { id: 4, name: 'alan', provider: 'ldap', state: 'enabled', findings: ['password-left'] },
    { id: 5, name: 'katherine', provider: 'oidc', state: 'enabled', findings: ['claimable'] },
    { id: 6, name: 'edsger', provider: 'oidc', state: 'enabled', findings: ['password-left'] },
    { id: 7, name: 'barbara', provider: 'local', state: 'enabled', findings: ['claimable'] },
    {
      ...{ id: 8, name: 'margaret', provider: 'oidc', state: 'enabled' },
      findings: ['claimable', 'provider-stale'],
    },
    { id: 9, name: 'donald', provider: 'local', state: 'disabled' },
    {
      ...{ id: 10, name: 'radia', provider: 'ldap', state: 'enabled' },
      findings: ['claimable', 'directory-with-oidc'],
    },
    { id: 11, name: 'odd', provider: 'other', state: 'enabled' },
  ],
  columns: timetrackerColumns,
  sessions: null,
}

const timetrackerOld: Fixture = {
  kind: 'timetracker',
  age: 'old',
  dialects: ['sqlite', 'postgres'],
  version: '074_add_password_change_required',
  sql: (dialect) =>
    alembic('074_add_password_change_required') +
    timetrackerUsers(dialect, 'old', [
      { id: 1, name: 'root', role: 'admin', hash: pbkdf2Hash },
      { id: 2, name: 'ada', hash: pbkdf2Hash },
      { id: 5, name: 'katherine', sub: 'k-1' },
      { id: 6, name: 'edsger', sub: 'e-1', hash: pbkdf2Hash },
      { id: 7, name: 'barbara' },
      { id: 9, name: 'donald', active: 'FALSE', hash: pbkdf2Hash },
    ]),
  people: [
    { id: 1, name: 'root', provider: 'local', state: 'enabled', admin: true },
    { id: 2, name: 'ada', provider: 'local', state: 'enabled' },
    { id: 5, name: 'katherine', provider: 'oidc', state: 'enabled', findings: ['claimable'] },
    { id: 6, name: 'edsger', provider: 'local', state: 'enabled' },
    { id: 7, name: 'barbara', provider: 'local', state: 'enabled', findings: ['claimable'] },
    { id: 9, name: 'donald', provider: 'local', state: 'disabled' },
  ],
  columns: timetrackerColumns,
  sessions: null,
}

const sequelizeMeta = (version: string) =>
  `CREATE TABLE SequelizeMeta (name VARCHAR(255) NOT NULL UNIQUE PRIMARY KEY);
   INSERT INTO SequelizeMeta VALUES ('20250615000001-create-users.js'), ('${version}');`

const tududiUsers = `CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, uid VARCHAR(255) UNIQUE, name VARCHAR(255),
    surname VARCHAR(255), email VARCHAR(255) NOT NULL, password_digest VARCHAR(255),
    email_verified TINYINT(1) NOT NULL DEFAULT 1, appearance VARCHAR(255) DEFAULT 'light',
    created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL);
  CREATE TABLE roles (id INTEGER PRIMARY KEY, user_id INTEGER UNIQUE REFERENCES users(id), is_admin TINYINT(1) NOT NULL);
  CREATE TABLE Sessions (sid VARCHAR(36) PRIMARY KEY, expires DATETIME, data TEXT, created_at DATETIME, updated_at DATETIME);
  INSERT INTO Sessions (sid, data) VALUES ('s1', '{"cookie":{},"userId":2}'), ('s2', '{"userId":2}'),
    ('s3', '{"userId":1}'), ('s4', 'not json 2'), ('s5', '{"userId":22}');
  INSERT INTO roles (id, user_id, is_admin) VALUES (1, 1, 1), (2, 2, 0);`

function tududiRow(id: number, name: string, rest: { digest?: string; verified?: 0 }): string {
  const at = `'2026-04-20 10:00:00.000 +00:00'`
  return `INSERT INTO users (id, uid, name, surname, email, password_digest, email_verified, created_at, updated_at)
    VALUES (${id}, 'u${id}', '${name}', 'Person', '${name}@example.test', ${text(rest.digest ?? null)}, ${rest.verified ?? 1}, ${at}, ${at});`
}

const tududiIdentities = `CREATE TABLE oidc_identities (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id),
    provider_slug VARCHAR(255) NOT NULL, subject VARCHAR(255) NOT NULL, email VARCHAR(255), name VARCHAR(255),
    raw_claims JSON, first_login_at DATETIME, last_login_at DATETIME, UNIQUE (provider_slug, subject));
  INSERT INTO oidc_identities (id, user_id, provider_slug, subject, email, last_login_at) VALUES
    (1, 3, 'idp', 'k-1', 'katherine@example.test', '2026-06-01 12:00:00.250 +00:00'),
    (2, 4, 'idp', 'e-1', 'edsger@example.test', '2026-06-02 12:00:00.000 +02:00');
  CREATE TABLE auth_audit_log (id INTEGER PRIMARY KEY, user_id INTEGER, event_type VARCHAR(50) NOT NULL, auth_method VARCHAR(50),
    provider_slug VARCHAR(255), ip_address VARCHAR(45), user_agent TEXT, metadata JSON, created_at DATETIME NOT NULL);
  INSERT INTO auth_audit_log (id, user_id, event_type, auth_method, provider_slug, ip_address, metadata, created_at) VALUES
    (1, 2, 'login_success', 'email_password', NULL, '192.0.2.7', NULL, '2026-05-30 08:00:00.000 +00:00'),
    (2, 3, 'login_success', 'oidc', 'idp', '192.0.2.8', '{"isNewUser":false}', '2026-06-03 09:30:00.000 +00:00'),
    (3, NULL, 'login_failed', 'email_password', NULL, '192.0.2.9', '{"email":"ada@example.test"}', '2026-06-04 08:00:00.000 +00:00'),
    (4, 2, 'logout', NULL, NULL, '192.0.2.7', NULL, '2026-06-05 08:00:00.000 +00:00');
  CREATE TABLE api_tokens (id INTEGER PRIMARY KEY, user_id INTEGER, token_prefix VARCHAR(12), revoked_at DATETIME);
  INSERT INTO api_tokens VALUES (1, 2, 'tt_1', NULL), (2, 2, 'tt_2', '2026-01-01'), (3, 1, 'tt_3', NULL);`

const tududiNew: Fixture = {
  kind: 'tududi',
  age: 'new',
  dialects: ['sqlite'],
  version: '20260420000004-make-password-optional.js',
  sql: () =>
    [
      sequelizeMeta('20260420000004-make-password-optional.js'),
      tududiUsers,
      tududiIdentities,
      tududiRow(1, 'root', { digest: bcrypt('2b', 10) }),
      tududiRow(2, 'ada', { digest: bcrypt('2b', 10) }),
      tududiRow(3, 'katherine', {}),
      tududiRow(4, 'edsger', { digest: bcrypt('2b', 10) }),
      tududiRow(5, 'barbara', { verified: 0 }),
    ].join('\n'),
  people: [
    { id: 1, name: 'root@example.test', provider: 'local', state: 'enabled', admin: true },
    { id: 2, name: 'ada@example.test', provider: 'local', state: 'enabled' },
    { id: 3, name: 'katherine@example.test', provider: 'oidc', state: 'enabled' },
    { id: 4, name: 'edsger@example.test', provider: 'local', state: 'enabled' },
    {
      ...{ id: 5, name: 'barbara@example.test', provider: 'local', state: 'unconfirmed' },
      findings: ['no-way-in'],
    },
  ],
  columns: { password: ['users.password_digest'], enabling: [] },
  sessions: { table: 'Sessions', of: { 1: 1, 2: 2 } },
}

const tududiOld: Fixture = {
  ...tududiNew,
  age: 'old',
  version: '20251120000001-add-ui-settings-to-users.js',
  sql: () =>
    [
      sequelizeMeta('20251120000001-add-ui-settings-to-users.js'),
      tududiUsers,
      tududiRow(1, 'root', { digest: bcrypt('2b', 10) }),
      tududiRow(2, 'ada', { digest: bcrypt('2b', 12) }),
    ].join('\n'),
  people: tududiNew.people.slice(0, 2),
}

interface VikunjaRow {
  readonly id: number
  readonly name: string
  readonly hash?: string
  readonly status?: number
  readonly issuer?: string
  readonly subject?: string
  readonly admin?: 'TRUE'
  readonly bot?: number
}

function vikunjaUsers(dialect: Dialect, age: 'new' | 'old', rows: readonly VikunjaRow[]): string {
  const at = time(dialect)
  const big = dialect === 'sqlite' ? 'INTEGER' : 'BIGINT'
  const newer = age === 'new' ? `is_admin BOOLEAN NOT NULL DEFAULT FALSE, bot_owner_id ${big} DEFAULT 0,` : ''
  const values = rows.map((row) => {
    const { id, name, hash, status = 0, issuer = 'local', subject, admin = 'FALSE', bot = 0 } = row
    const own = [`${id}`, `'${name} Person'`, `'${name}'`, text(hash ?? null), `'${name}@example.test'`]
    const rest = [
      `${status}`,
      `'${issuer}'`,
      text(subject ?? null),
      `'2026-01-02 03:04:05'`,
      `'2026-01-02 03:04:05'`,
    ]
    return `(${[...own, ...rest, ...(age === 'new' ? [admin, `${bot}`] : [])].join(', ')})`
  })
  const columns = 'id, name, username, password, email, status, issuer, subject, created, updated'
  const sessions = `CREATE TABLE sessions (id VARCHAR(36) PRIMARY KEY, user_id ${big} NOT NULL, token_hash VARCHAR(64),
      device_info TEXT, ip_address VARCHAR(100), last_active ${at}, created ${at});
    INSERT INTO sessions (id, user_id, token_hash, last_active) VALUES ('a', 2, 'h1', '2026-06-01 09:00:00'),
      ('b', 2, 'h2', '2026-06-03 09:00:00'), ('c', 1, 'h3', '2026-06-02 09:00:00');`
  return `CREATE TABLE users (id ${big} PRIMARY KEY, name TEXT, username VARCHAR(250) NOT NULL UNIQUE, password VARCHAR(250),
      email VARCHAR(250), status INTEGER DEFAULT 0, ${newer} issuer TEXT, subject TEXT,
      created ${at} NOT NULL, updated ${at} NOT NULL, timezone VARCHAR(255) DEFAULT 'GMT');
    CREATE TABLE teams (id ${big} PRIMARY KEY, name VARCHAR(250), external_id VARCHAR(250), issuer TEXT);
    INSERT INTO teams VALUES (1, 'kept', NULL, 'local');
    INSERT INTO users (${columns}${age === 'new' ? ', is_admin, bot_owner_id' : ''}) VALUES ${values.join(',\n')};
    ${age === 'new' ? sessions : ''}`
}

const migration = (version: string) =>
  `CREATE TABLE migration (id VARCHAR(255) PRIMARY KEY, description TEXT);
   INSERT INTO migration VALUES ('SCHEMA_INIT', ''), ('20190324205606', ''), ('${version}', '');`

const vikunjaColumns = { password: ['users.password'], enabling: ['users.status'] }

const vikunjaNew: Fixture = {
  kind: 'vikunja',
  age: 'new',
  dialects: ['sqlite', 'postgres'],
  version: '20260610032051',
  sql: (dialect) =>
    migration('20260610032051') +
    vikunjaUsers(dialect, 'new', [
      { id: 1, name: 'root', hash: bcrypt('2a', 11), admin: 'TRUE' },
      { id: 2, name: 'ada', hash: bcrypt('2a', 11) },
      { id: 3, name: 'grace', issuer: 'ldap', subject: 'grace' },
      { id: 4, name: 'alan', issuer: 'ldap', subject: 'alan', hash: bcrypt('2a', 11) },
      { id: 5, name: 'katherine', issuer: 'https://idp.example.test', subject: 'k-1' },
      { id: 7, name: 'barbara' },
      { id: 8, name: 'margaret', hash: bcrypt('2a', 11), status: 1 },
      { id: 9, name: 'donald', hash: bcrypt('2a', 11), status: 2 },
      { id: 10, name: 'radia', hash: bcrypt('2a', 11), status: 3 },
      { id: 11, name: 'bot-x', bot: 2 },
    ]),
  people: [
    { id: 1, name: 'root', provider: 'local', state: 'enabled', admin: true },
    { id: 2, name: 'ada', provider: 'local', state: 'enabled' },
    { id: 3, name: 'grace', provider: 'ldap', state: 'enabled' },
    { id: 4, name: 'alan', provider: 'ldap', state: 'enabled', findings: ['password-left'] },
    { id: 5, name: 'katherine', provider: 'oidc', state: 'enabled' },
    { id: 7, name: 'barbara', provider: 'local', state: 'enabled', findings: ['no-way-in'] },
    { id: 8, name: 'margaret', provider: 'local', state: 'unconfirmed' },
    { id: 9, name: 'donald', provider: 'local', state: 'disabled' },
    { id: 10, name: 'radia', provider: 'local', state: 'locked' },
    { id: 11, name: 'bot-x', provider: 'other', state: 'enabled' },
  ],
  columns: vikunjaColumns,
  sessions: { table: 'sessions', of: { 1: 1, 2: 2 } },
}

const vikunjaOld: Fixture = {
  ...vikunjaNew,
  age: 'old',
  version: '20240315110428',
  sql: (dialect) =>
    migration('20240315110428') +
    vikunjaUsers(dialect, 'old', [
      { id: 2, name: 'ada', hash: bcrypt('2a', 11) },
      { id: 5, name: 'katherine', issuer: 'https://idp.example.test', subject: 'k-1' },
      { id: 9, name: 'donald', hash: bcrypt('2a', 11), status: 2 },
    ]),
  people: vikunjaNew.people.filter(({ id }) => [2, 5, 9].includes(id)),
  sessions: null,
}

export const fixtures: readonly Fixture[] = [
  timetrackerNew,
  timetrackerOld,
  tududiNew,
  tududiOld,
  vikunjaNew,
  vikunjaOld,
]
export const fixtureOf = (kind: Fixture['kind'], age: Fixture['age']): Fixture =>
  fixtures.find((each) => each.kind === kind && each.age === age) ?? timetrackerNew
