import type { AccountSource } from './account-source'
import type { SessionStore, UserStore } from './account'

/** The console's own accounts: everything can be done with them. */
export function createOwnAccounts(users: UserStore, sessions: SessionStore): AccountSource {
  return {
    capabilities: {
      list: true,
      get: true,
      count: true,
      setPassword: true,
      setEnabled: true,
      endSessions: true,
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
    setPassword: (tx, id, password) =>
      users.update(tx, id, {
        passwordHash: password.hash,
        passwordChangedAt: password.now,
        passwordExpiresAt: password.expiresAt,
        mustChangePassword: true,
      }),
    setEnabled: (tx, id, disabled) => users.update(tx, id, { disabled }),
    endSessions: (tx, id, now) => sessions.endAll(tx, id, { now, keep: null }),
  }
}
