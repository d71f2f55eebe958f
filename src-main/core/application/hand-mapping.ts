import { z } from 'zod'

/** How an application writes its hashes. bcrypt's `2a` and `2b` are one function; each writes its own sign. */
export const hashFormats = ['werkzeug', 'bcrypt-2a', 'bcrypt-2b'] as const
export type HashFormat = (typeof hashFormats)[number]

const column = z.string().min(1).max(128)

/** A table of accounts that somebody describes by hand. */
export const handMappingSchema = z.strictObject({
  table: column,
  id: column,
  username: column,
  email: column.optional(),
  fullName: column.optional(),
  /** Holds `local`, `oidc` or `ldap`; without it every account is local. */
  provider: column.optional(),
  password: column,
  /** Without it no password is ever set. */
  hash: z.enum(hashFormats).optional(),
  mustChange: column.optional(),
  /** A flag: signed in may be who has it set. */
  active: column.optional(),
  /** A flag. */
  admin: column.optional(),
  lastSignIn: column.optional(),
  issuer: column.optional(),
  subject: column.optional(),
})
export type HandMapping = z.infer<typeof handMappingSchema>
