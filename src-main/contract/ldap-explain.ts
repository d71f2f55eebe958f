import { z } from 'zod'
import { codeSchema } from './errors'
import { roleSchema } from './permissions'

/** One field of an account: the attribute that it comes from, its values as they are, and what is made of them. */
const fieldSchema = z.object({
  field: z.enum(['username', 'email', 'fullName', 'entryId']),
  attribute: z.string(),
  raw: z.array(z.string()),
  value: z.string().nullable(),
})
export type ExplainedField = z.infer<typeof fieldSchema>

/** A group that holds the person; `via` names the groups between, the nearest first. */
const groupSchema = z.object({
  dn: z.string(),
  name: z.string(),
  how: z.enum(['direct', 'primary', 'nested']),
  via: z.array(z.string()),
  /** The DN of the group through which it holds the person; null: directly, or not known. */
  below: z.string().nullable(),
  /** The role that it is mapped to. */
  role: roleSchema.nullable(),
  required: z.boolean(),
})
export type ExplainedGroup = z.infer<typeof groupSchema>

/** Which rule decided: where the question ended. */
export const explainRules = ['mode', 'directory', 'person', 'groups', 'identity', 'account'] as const

/** The account that a sign-in would be: what would happen to it, and its role before and after. */
export const explainedAccountSchema = z.object({
  action: z.enum(['sign-in', 'bind', 'link', 'create', 'wait', 'refuse']),
  id: z.string().nullable(),
  username: z.string().nullable(),
  role: z.object({ before: roleSchema.nullable(), after: roleSchema, source: z.string() }),
})
export type ExplainedAccount = z.infer<typeof explainedAccountSchema>

export const directoryExplanationSchema = z.object({
  /** Whether the right password would sign the person in. `ok` is its yes. */
  ok: z.boolean(),
  decision: z.object({
    allowed: z.boolean().nullable(),
    code: codeSchema.nullable(),
    rule: z.enum(explainRules),
    reason: z.string(),
    next: z.string().nullable(),
  }),
  entry: z
    .object({
      dn: z.string(),
      attributes: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
    })
    .nullable(),
  fields: z.array(fieldSchema),
  groups: z.array(groupSchema),
  /** Configured groups that do not hold the person; with a code where that could not be found out. */
  unmatched: z.array(z.object({ group: z.string(), code: codeSchema.nullable() })),
  account: explainedAccountSchema.nullable(),
})
export type DirectoryExplanation = z.infer<typeof directoryExplanationSchema>
