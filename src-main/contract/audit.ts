import { z } from 'zod'
import { timeSchema } from './app'
import { detailsSchema } from './errors'
import { command, local, query } from './procedure'

/** Where the chain ends: the last record's number and SHA-256. */
export const auditHeadSchema = z.object({ sequence: z.number().int(), hash: z.string() })

export const auditRecordSchema = z.object({
  sequence: z.number().int(),
  /** `intent`: begun, and no outcome is written; it runs, or it was cut off. */
  phase: z.enum(['done', 'intent', 'outcome']),
  at: timeSchema,
  actor: z.string(),
  osUser: z.string(),
  host: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  account: z.string().nullable(),
  code: z.string(),
  reason: z.string().nullable(),
  before: detailsSchema.nullable(),
  after: detailsSchema.nullable(),
  hash: z.string(),
})
export type AuditRecordView = z.infer<typeof auditRecordSchema>

export const auditOutcomes = ['all', 'done', 'refused'] as const

export const auditFilterSchema = z.object({
  /** A part of the target, the actor or the reason, in any case. */
  search: z.string().trim().max(200).default(''),
  /** An account's id: what was done to it and by it. */
  account: z.string().max(200).nullable().default(null),
  /** Rooms of the contract, as `users`. */
  rooms: z.array(z.string().max(50)).max(50).default([]),
  outcome: z.enum(auditOutcomes).default('all'),
  since: timeSchema.nullable().default(null),
  until: timeSchema.nullable().default(null),
})
export type AuditFilter = z.infer<typeof auditFilterSchema>

/** Newest first; `after` is the `next` of the page before. `total` stops counting at `countedTo`. */
export const auditPageSchema = z.object({
  records: z.array(auditRecordSchema),
  next: z.number().int().nullable(),
  total: z.number().int(),
  countedTo: z.number().int(),
})
export type AuditPage = z.infer<typeof auditPageSchema>

/** One name and cause that sign-ins failed for, with how often and when last. */
export const signInFailureSchema = z.object({
  target: z.string().nullable(),
  account: z.string().nullable(),
  action: z.string(),
  code: z.string(),
  count: z.number().int(),
  first: timeSchema,
  last: timeSchema,
  host: z.string(),
})
export type SignInFailure = z.infer<typeof signInFailureSchema>

export const auditBreakSchema = z.object({
  sequence: z.number().int(),
  fault: z.enum(['altered', 'removed', 'inserted', 'cut-tail']),
})

export const verificationSchema = z.object({
  ok: z.boolean(),
  records: z.number().int(),
  head: auditHeadSchema,
  /** The first record that is wrong; null where none is. */
  first: auditBreakSchema.nullable(),
  /** `checked`: the records' HMACs too. `no-key`: there is no key store here, so the hashes alone were checked. */
  macs: z.enum(['checked', 'no-key']),
})
export type VerificationView = z.infer<typeof verificationSchema>

export const auditStateSchema = z.object({
  head: auditHeadSchema,
  /** Up to here records were removed when their time was over. */
  prunedTo: z.number().int().nullable(),
  openIntents: z.array(
    auditRecordSchema.pick({ sequence: true, at: true, actor: true, action: true, target: true }),
  ),
  checked: z.discriminatedUnion('status', [
    z.object({ status: z.literal('running'), records: z.number().int() }),
    z.object({ status: z.literal('failed'), at: timeSchema }),
    verificationSchema.extend({ status: z.literal('done'), at: timeSchema }),
  ]),
})
export type AuditState = z.infer<typeof auditStateSchema>

/** `SEQUENCE:HASH`, as `audit verify` and exports print it. */
const notedHead = z.string().regex(/^\d{1,15}:[0-9a-f]{64}$/)

export const auditContract = {
  list: query(
    'audit:read',
    auditFilterSchema.extend({
      after: z.number().int().positive().nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    auditPageSchema,
  ),
  get: query('audit:read', z.object({ sequence: z.number().int().positive() }), auditRecordSchema),
  failures: query(
    'audit:read',
    z.object({
      search: z.string().trim().max(200).default(''),
      since: timeSchema.nullable().default(null),
      limit: z.number().int().min(1).max(500).default(200),
    }),
    z.object({ failures: z.array(signInFailureSchema) }),
  ),
  /** Asked for the first time, it has the chain verified in the background. */
  state: query('audit:read', z.object({}), auditStateSchema),
  /** Has the chain verified in the background again. */
  check: local('audit:read', z.object({}), z.object({})),
  /** Walks the whole chain; resolves when it is through. */
  verify: query('audit:read', z.object({ head: notedHead.nullable().default(null) }), verificationSchema),
  export: command(
    { permission: 'audit:read', audit: 'intent' },
    auditFilterSchema.extend({ file: z.string().max(100), format: z.enum(['csv', 'json']) }),
    z.object({ file: z.string(), records: z.number().int(), bytes: z.number().int(), head: auditHeadSchema }),
  ),
}
