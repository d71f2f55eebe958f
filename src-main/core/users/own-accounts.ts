import type { AccountSource } from './account-source'
import type { AttemptStore, SessionStore, UserStore } from './account'

export interface OwnAccountStores {
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly attempts: AttemptStore
}

type Writes = Omit<AccountSource, 'capabilities' | 'list' | 'facets' | 'get' | 'find' | 'count' | 'parts'>

function createWrites({ users, sessions, attempts }: OwnAccountStores): Writes {
  return {
    setPassword: (tx, id, password) =>
      users.update(tx, id, {
        passwordHash: password.hash,
        passwordChangedAt: password.now,
        passwordExpiresAt: password.expiresAt,
        mustChangePassword: true,
      }),
    setEnabled: (tx, id, disabled) => users.update(tx, id, { disabled }),
    // A success ends the counting; nobody signed in, so it belongs to no way.
    unlock: async (tx, id, now) => {
      await attempts.record(tx, { key: `account:${id}`, provider: null, slug: null, code: null, at: now })
      return users.update(tx, id, { lockedUntil: null })
    },
    forceChange: (tx, id) => users.update(tx, id, { mustChangePassword: true }),
    setRole: async (tx, id, { role, now }) => {
      await users.setRoles(tx, id, { source: 'manual', roles: role === 'user' ? [] : [role], now })
      return users.update(tx, id, {})
    },
    remove: (tx, id, now) => users.remove(tx, id, now),
    endSessions: (tx, id, now) => sessions.endAll(tx, id, { now, keep: null }),
  }
}

/** The console's own accounts: everything can be done with them. */
export function createOwnAccounts({ users, sessions, attempts }: OwnAccountStores): AccountSource {
  return {
    capabilities: {
      list: true,
      get: true,
      count: true,
      setPassword: true,
      setEnabled: true,
      endSessions: true,
      unlock: true,
      forceChange: true,
      setRole: true,
      remove: true,
    },
    list: (query, now) => users.page(query, now),
    facets: (filter, now) => users.facets(filter, now),
    get: (id, tx) => users.byId(id, tx),
    find: (username) => users.byName(username),
    count: () => users.count(),
    parts: async (id, now) => {
      const open = await sessions.open(id, now)
      return {
        identities: await users.identities(id),
        teams: await users.teams(id),
        sessions: open.map((row) => ({
          id: row.id,
          startedAt: row.startedAt.toISOString(),
          lastSeenAt: row.lastSeenAt.toISOString(),
          via: row.via,
          host: row.host,
        })),
      }
    },
    ...createWrites({ users, sessions, attempts }),
  }
}
