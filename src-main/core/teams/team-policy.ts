import type { TeamEntry, TeamsClaim } from './team-claim'

/** A team of the claim's issuer, as it is here before the sign-in. */
export interface KnownTeam extends TeamEntry {
  readonly id: string
  readonly members: number
  /** Whether the person is one of them. */
  readonly isMember: boolean
}

export interface TeamPlan {
  /** Unknown ids; the person becomes the first member. */
  readonly create: readonly TeamEntry[]
  /** Known ids whose name, description or visibility is another one now. */
  readonly change: readonly { readonly team: KnownTeam; readonly to: TeamEntry }[]
  readonly join: readonly KnownTeam[]
  readonly leave: readonly KnownTeam[]
  /** Those among the left ones that nobody is in any more. */
  readonly remove: readonly KnownTeam[]
}

export const noTeamChange: TeamPlan = { create: [], change: [], join: [], leave: [], remove: [] }

const differs = (team: KnownTeam, entry: TeamEntry) =>
  team.name !== entry.name || team.description !== entry.description || team.isPublic !== entry.isPublic

/**
 * What a sign-in's claim makes of its issuer's teams. A team is its issuer and its id there: names are never compared,
 * so a team of the same name, made here or with another id, is another team. `current` holds this issuer's teams only;
 * others, and those that were made here, are out of reach.
 */
export function planTeams(claim: TeamsClaim | null, current: readonly KnownTeam[]): TeamPlan {
  if (claim === null) return noTeamChange
  const known = new Map(current.map((team) => [team.externalId, team]))
  const found = claim.entries.flatMap((to) => {
    const team = known.get(to.externalId)
    return team === undefined ? [] : [{ team, to }]
  })
  const named = new Set([...claim.entries.map(({ externalId }) => externalId), ...claim.unreadable])
  const leave = claim.complete
    ? current.filter(({ isMember, externalId }) => isMember && !named.has(externalId))
    : []
  return {
    create: claim.entries.filter(({ externalId }) => !known.has(externalId)),
    change: found.filter(({ team, to }) => differs(team, to)),
    join: found.flatMap(({ team }) => (team.isMember ? [] : [team])),
    leave,
    remove: leave.filter(({ members }) => members <= 1),
  }
}
