import type { Role } from '../../../src-main/contract/permissions'
import type { Account } from '../../../src-main/core/users/account'

/** An enabled local account named ada, except for what a test wants to differ. */
export function accountOf({
  roles = [],
  ...other
}: Partial<Account> & { roles?: readonly Role[] } = {}): Account {
  return {
    id: 'a1',
    username: 'ada',
    email: 'ada@example.test',
    fullName: 'Ada Lovelace',
    authProvider: 'local',
    passwordHash: '$argon2id$v=19$hash',
    mustChangePassword: false,
    passwordExpiresAt: null,
    passwordChangedAt: null,
    disabled: null,
    lockedUntil: null,
    pendingLink: false,
    lastSignIn: null,
    createdAt: new Date('2025-01-01T00:00:00.000Z'),
    grants: roles.map((role) => ({ role, source: 'manual', grantedAt: new Date(0) })),
    ...other,
  }
}
