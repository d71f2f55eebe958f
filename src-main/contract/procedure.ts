import type { z } from 'zod'
import type { Result } from './errors'

/**
 * What a caller must be allowed to do. `public`: nobody has to be signed in. `first-run`: only while no account
 * exists. `session`: anyone signed in. The others are given to roles in `permissions.ts`.
 */
export const permissions = [
  'public',
  'first-run',
  'session',
  'users:read',
  'users:reset',
  'users:sessions',
  'users:manage',
  'diagnostics:run',
  'settings:read',
  'settings:write',
  'audit:read',
  'sync:read',
  'sync:run',
] as const
export type Permission = (typeof permissions)[number]

/**
 * `query` looks; `command` changes something and is audited; `local` acts on this desk only (clipboard, help,
 * cancelling own work) and leaves no trace in the data.
 */
export type ProcedureKind = 'query' | 'command' | 'local'

/**
 * How a command is audited: `transaction` writes its record with its change; `intent` one before and one after;
 * `gate` too, but its handler starts at once and has the first written just before it sends a credential.
 */
export type AuditMode = 'transaction' | 'intent' | 'gate'

export interface Procedure<K extends ProcedureKind, I extends z.ZodType, O extends z.ZodType> {
  readonly kind: K
  readonly permission: Permission
  readonly audit: K extends 'command' ? AuditMode : null
  readonly input: I
  readonly output: O
}
export type AnyProcedure =
  | Procedure<'query', z.ZodType, z.ZodType>
  | Procedure<'command', z.ZodType, z.ZodType>
  | Procedure<'local', z.ZodType, z.ZodType>

/** A procedure that only looks. */
export function query<I extends z.ZodType, O extends z.ZodType>(
  permission: Permission,
  input: I,
  output: O,
): Procedure<'query', I, O> {
  return { kind: 'query', permission, audit: null, input, output }
}

/** A procedure that changes something; `dispatch` sees to its audit record. */
export function command<I extends z.ZodType, O extends z.ZodType>(
  options: { permission: Permission; audit: AuditMode },
  input: I,
  output: O,
): Procedure<'command', I, O> {
  return { kind: 'command', ...options, input, output }
}

/** A procedure that acts on this desk only. */
export function local<I extends z.ZodType, O extends z.ZodType>(
  permission: Permission,
  input: I,
  output: O,
): Procedure<'local', I, O> {
  return { kind: 'local', permission, audit: null, input, output }
}

/** The renderer's side: every procedure as a function that resolves with a `Result`. */
export type Client<C> = {
  readonly [K in keyof C]: C[K] extends {
    input: infer I extends z.ZodType
    output: infer O extends z.ZodType
  }
    ? (input: z.input<I>) => Promise<Result<z.output<O>>>
    : Client<C[K]>
}

/** The core's side: every procedure as a function of its parsed input and a context. */
export type Handlers<C, Context> = {
  readonly [K in keyof C]: C[K] extends {
    input: infer I extends z.ZodType
    output: infer O extends z.ZodType
  }
    ? (input: z.output<I>, context: Context) => Promise<z.input<O>>
    : Handlers<C[K], Context>
}
