import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import type { Handlers } from '../../contract/procedure'
import type { Team } from '../../contract/teams'
import type { CallContext } from '../app/ports'
import { providerNameOf } from './provider-name'
import { changeTeam, createTeam, deleteTeam, setMember, type TeamRoom } from './team-service'
import type { StoredTeam } from './team-store'

async function shown({ settings }: TeamRoom, { slug, ...team }: StoredTeam): Promise<Team> {
  return { ...team, provider: providerNameOf((await settings()).oidc, { issuer: team.issuer, slug }) }
}

async function find(room: TeamRoom, wanted: string): Promise<StoredTeam> {
  const { teams } = room.rooms
  const byId = await teams.byId(wanted)
  if (byId !== null) return byId
  const named = await teams.byName(wanted)
  const [first] = named
  if (first === undefined) throw new AppError('NOT_FOUND', { text: 'teamUnknown', details: { name: wanted } })
  if (named.length === 1) return first
  const ids = named.map(({ id }) => id).join(', ')
  throw new AppError('CONFLICT', { text: 'teamNameTwice', details: { name: wanted, ids } })
}

export function createTeamHandlers(room: TeamRoom): Handlers<Contract['teams'], CallContext> {
  const { rooms, clock } = room
  const answer = async (team: Promise<StoredTeam>) => ({ team: await shown(room, await team) })
  return {
    list: async (page) => {
      const { teams, total } = await rooms.teams.list(page)
      return { teams: await Promise.all(teams.map((team) => shown(room, team))), total }
    },
    find: (input) => answer(find(room, input.team)),
    members: ({ id, ...page }) => rooms.teams.members(id, { ...page, now: clock.now() }),
    create: (input, context) => answer(createTeam(room, input.name, context)),
    rename: (input, context) => answer(changeTeam(room, input, context)),
    delete: (input, context) => answer(deleteTeam(room, input.id, context)),
    add: (input, context) => answer(setMember(room, { ...input, to: 'in' }, context)),
    remove: (input, context) => answer(setMember(room, { ...input, to: 'out' }, context)),
  }
}
