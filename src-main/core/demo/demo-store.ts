import { randomUUID } from 'node:crypto'
import type { Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import { asFlag } from '../db/sql'

export interface SampleTeam {
  readonly name: string
  readonly description: string | null
  readonly isPublic: boolean
  /** The provider that keeps the team, or null for a team of this console. */
  readonly provider: { readonly slug: string; readonly issuer: string; readonly externalId: string } | null
  readonly members: readonly string[]
}

/** Adds a team with its members. */
export async function addTeam(
  queries: Queries,
  tx: Tx,
  sample: { team: SampleTeam; now: Date },
): Promise<void> {
  const { team } = sample
  const id = randomUUID()
  const now = sample.now.toISOString()
  await queries.run(tx, {
    sql: `INSERT INTO teams (id, name, description, is_public, issuer, external_id, provider, created_at)
      VALUES ($id, $name, $description, $isPublic, $issuer, $externalId, $provider, $now)`,
    bind: {
      id,
      name: team.name,
      description: team.description,
      isPublic: asFlag(team.isPublic),
      issuer: team.provider?.issuer ?? null,
      externalId: team.provider?.externalId ?? null,
      provider: team.provider?.slug ?? null,
      now,
    },
  })
  for (const account of team.members) {
    const sql = 'INSERT INTO team_members (team, account, added_at) VALUES ($id, $account, $now)'
    await queries.run(tx, { sql, bind: { id, account, now } })
  }
}
