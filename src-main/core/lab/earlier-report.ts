import { z } from 'zod'
import type { EarlierReport } from '../../contract/lab'
import { ladderSchema, type Ladder } from '../../contract/ldap'
import { oidcReportSchema } from '../../contract/oidc'
import { reportSchema } from '../../contract/reports'
import type { Stage } from '../../contract/stages'

const providersSchema = z.object({ ok: z.boolean(), providers: z.array(oidcReportSchema).min(1) })

/**
 * A run that was written earlier: a report in JSON, or what `ldap test --json` and `oidc test --json` print. Null where
 * the document is none of them.
 */
export function readEarlierReport(json: unknown): EarlierReport | null {
  const report = reportSchema.safeParse(json)
  if (report.success) return report.data
  const ladder = ladderSchema.safeParse(json)
  if (ladder.success) return ofLadder(ladder.data)
  const providers = providersSchema.safeParse(json)
  return providers.success ? ofProviders(providers.data) : null
}

function ofLadder({ ok, summary, stages, target, user }: Ladder): EarlierReport {
  const name = target.host === null ? summary : `${target.host}:${target.port ?? ''}`
  const facts = user === undefined ? [] : [{ label: 'DN', value: user.dn }]
  return { kind: 'ldap', ok, made: null, profile: null, subjects: [{ name, ok, summary, facts, stages }] }
}

function ofProviders({ ok, providers }: z.infer<typeof providersSchema>): EarlierReport {
  const subjects = providers.map(({ name, ok: well, stages }) => {
    const summary = firstFailure(stages)?.summary ?? name
    return { name, ok: well, summary, facts: [], stages }
  })
  return { kind: 'oidc', ok, made: null, profile: null, subjects }
}

const firstFailure = (stages: readonly Stage[]) => stages.find(({ status }) => status === 'failed')
