import { z } from 'zod'
import { permissions, type Permission } from './procedure'

/** Console roles, highest first. */
export const roles = ['admin', 'helpdesk', 'auditor', 'user'] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

const everything = permissions.filter((permission) => permission !== 'first-run')

const granted: Readonly<Record<Role, readonly Permission[]>> = {
  admin: everything,
  helpdesk: ['public', 'session', 'users:read', 'users:reset', 'users:sessions', 'diagnostics:run'],
  auditor: ['public', 'session', 'users:read', 'diagnostics:run', 'settings:read', 'audit:read', 'sync:read'],
  user: ['public', 'session'],
}

/** The union of what the given roles allow. */
export function permissionsOf(held: readonly Role[]): ReadonlySet<Permission> {
  return new Set(held.flatMap((role) => granted[role]))
}

/** The role that is shown for an account: the highest it holds, `user` where it holds none. */
export function highestRole(held: readonly Role[]): Role {
  return roles.find((role) => held.includes(role)) ?? 'user'
}
