import type { Details } from '../../contract/errors'
import type { Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { TeamsClaim } from './team-claim'
import { planTeams, type TeamPlan } from './team-policy'

type Stores = Pick<Rooms, 'teams' | 'audit'>

export interface TeamsOfPerson {
  readonly claim: TeamsClaim | null
  readonly issuer: string
  readonly slug: string
}

/** What the claim would change for an account, or for one that does not exist yet; nothing is written. */
export async function teamPlanFor(
  { teams }: Pick<Rooms, 'teams'>,
  { claim, issuer }: TeamsOfPerson,
  { account, tx }: { account: string | null; tx: Tx },
): Promise<TeamPlan> {
  const externalIds = claim === null ? [] : claim.entries.map(({ externalId }) => externalId)
  return planTeams(claim, await teams.known({ issuer, externalIds, account }, tx))
}

async function apply(
  { teams }: Stores,
  plan: TeamPlan,
  at: { account: string; issuer: string; slug: string; tx: Tx; now: Date },
): Promise<void> {
  const { account, issuer, slug, tx, now } = at
  for (const { externalId, ...entry } of plan.create) {
    const team = await teams.insert(tx, { ...entry, source: { issuer, externalId, slug } }, now)
    await teams.join(tx, { team, account, now })
  }
  for (const { team, to } of plan.change) await teams.change(tx, team.id, to)
  for (const { id: team } of plan.join) await teams.join(tx, { team, account, now })
  for (const { id } of plan.leave) await teams.leave(tx, id, account)
  for (const { id } of plan.remove) await teams.remove(tx, id)
}

/** What an audit record says about a plan: names only where something happens. */
function said(plan: TeamPlan, skipped: number): Details {
  const names = (teams: readonly { readonly name: string }[]) => teams.map(({ name }) => name)
  const lists = {
    created: names(plan.create),
    joined: names(plan.join),
    renamed: plan.change.flatMap(({ team, to }) =>
      team.name === to.name ? [] : [`${team.name} → ${to.name}`],
    ),
    left: names(plan.leave),
    removed: names(plan.remove),
  }
  const happened = Object.entries(lists).filter(([, list]) => list.length > 0)
  return { ...Object.fromEntries(happened), ...(skipped > 0 && { skipped }) }
}

const isNothing = ({ create, change, join, leave }: TeamPlan) =>
  create.length + change.length + join.length + leave.length === 0

/**
 * Makes the provider's teams what the claim of an admitted sign-in says, in its transaction. What could not be read is
 * recorded beside the sign-in, which goes on. Nobody asked for it, so the console itself is the actor.
 */
export async function followTeams(
  stores: Stores,
  { claim, issuer, slug }: TeamsOfPerson,
  at: { account: { id: string; username: string }; tx: Tx; now: Date },
): Promise<void> {
  const { account, tx, now } = at
  const plan = await teamPlanFor(stores, { claim, issuer, slug }, { account: account.id, tx })
  const skipped = claim?.skipped ?? 0
  if (skipped === 0 && isNothing(plan)) return
  await apply(stores, plan, { account: account.id, issuer, slug, tx, now })
  await stores.audit.append(tx, {
    ...{ phase: 'done', intent: null, actor: 'console', action: 'teams.sync', reason: null, before: null },
    ...{ target: account.username, accountId: account.id },
    code: skipped > 0 ? 'TEAMS_CLAIM_MALFORMED' : 'OK',
    after: { issuer, ...said(plan, skipped) },
  })
}
