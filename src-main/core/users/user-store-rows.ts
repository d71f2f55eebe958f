import { z } from 'zod'
import { authProviderSchema } from '../../contract/app'
import { roleSchema } from '../../contract/permissions'
import { detailsColumn, flagColumn, jsonColumn, timeColumn } from '../db/sql'
import type { Account } from './account'

const grantSchema = z.object({ role: roleSchema, source: z.string(), grantedAt: timeColumn })

/** An account's columns with its grants, under the names of `Account`; `u` is the row of `users`. */
export const accountColumns = `
  u.id, u.username, u.email, u.full_name AS fullName, u.auth_provider AS authProvider,
  u.password_hash AS passwordHash, u.must_change_password AS mustChangePassword,
  u.password_expires_at AS passwordExpiresAt, u.password_changed_at AS passwordChangedAt,
  u.disabled_at AS disabledAt, u.disabled_source AS disabledSource, u.disabled_reason AS disabledReason,
  u.locked_until AS lockedUntil, u.pending_link AS pendingLink, u.last_sign_in AS lastSignIn,
  u.created_at AS createdAt,
  (SELECT json_group_array(json_object('role', role, 'source', source, 'grantedAt', granted_at)
     ORDER BY granted_at, role, source) FROM role_grants WHERE account = u.id) AS grants`

export const accountRow = z
  .object({
    id: z.string(),
    username: z.string(),
    email: z.string().nullable(),
    fullName: z.string().nullable(),
    authProvider: authProviderSchema,
    passwordHash: z.string().nullable(),
    mustChangePassword: flagColumn,
    passwordExpiresAt: timeColumn.nullable(),
    passwordChangedAt: timeColumn.nullable(),
    disabledAt: timeColumn.nullable(),
    disabledSource: z.string().nullable(),
    disabledReason: z.string().nullable(),
    lockedUntil: timeColumn.nullable(),
    pendingLink: flagColumn,
    lastSignIn: timeColumn.nullable(),
    createdAt: timeColumn,
    grants: jsonColumn(z.array(grantSchema)),
  })
  .transform(({ disabledAt, disabledSource, disabledReason, ...account }): Account => {
    const disabled =
      disabledAt === null ? null : { at: disabledAt, source: disabledSource ?? '', reason: disabledReason }
    return { ...account, disabled }
  })

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

export const identityColumns = `
  kind, issuer, subject, slug, email, name, claims, first_sign_in AS firstSignIn, last_sign_in AS lastSignIn,
  linked_at AS linkedAt`

export const identityRow = z
  .object({
    kind: z.enum(['oidc', 'ldap']),
    issuer: z.string(),
    subject: z.string(),
    slug: z.string().nullable(),
    email: z.string().nullable(),
    name: z.string().nullable(),
    claims: detailsColumn,
    firstSignIn: z.iso.datetime().nullable(),
    linkedAt: z.iso.datetime().nullable(),
    lastSignIn: z.iso.datetime().nullable(),
  })
  .transform((row) => ({
    ...row,
    claims: Object.entries(row.claims).map(([name, value]) => ({ name, value: asText(value) })),
  }))

export const teamRow = z.object({
  ...{ id: z.string(), name: z.string(), issuer: z.string().nullable(), slug: z.string().nullable() },
})
