import { AppError } from '../../contract/errors'
import type { CallContext, Clock, Settings, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import { foldName } from '../users/folded-name'
import { providerNameOf } from './provider-name'
import type { StoredTeam } from './team-store'

export interface TeamRoom {
  readonly rooms: Pick<Rooms, 'teams' | 'users' | 'transaction'>
  readonly settings: () => Promise<Pick<Settings, 'oidc'>>
  readonly clock: Clock
}

interface Call {
  readonly context: CallContext
  readonly tx: Tx
}

async function required({ rooms }: TeamRoom, id: string, tx: Tx): Promise<StoredTeam> {
  const team = await rooms.teams.byId(id, tx)
  if (team === null) throw new AppError('NOT_FOUND')
  return team
}

/** A team that may be changed here: what a provider keeps would be as before with the next sign-in. */
async function ownTeam(room: TeamRoom, id: string, { context, tx }: Call): Promise<StoredTeam> {
  const team = await required(room, id, tx)
  context.audit.note({ target: team.name })
  if (team.issuer === null) return team
  const provider = providerNameOf((await room.settings()).oidc, team) ?? ''
  throw new AppError('FORBIDDEN', { text: 'teamOfProvider', details: { provider } })
}

/** Two teams made here never have one name; a provider's team of that name is another team. */
async function requireFree(room: TeamRoom, wanted: { name: string; id: string | null }, tx: Tx) {
  const taken = (await room.rooms.teams.local(tx)).some(
    ({ id, name }) => id !== wanted.id && foldName(name) === foldName(wanted.name),
  )
  if (taken) throw new AppError('CONFLICT', { text: 'teamNameTaken', details: { name: wanted.name } })
}

export function createTeam(room: TeamRoom, name: string, context: CallContext): Promise<StoredTeam> {
  const { teams, transaction } = room.rooms
  return transaction(async (tx) => {
    context.audit.note({ target: name })
    await requireFree(room, { name, id: null }, tx)
    const made = { name, description: null, isPublic: false, source: null }
    const id = await teams.insert(tx, made, room.clock.now())
    await context.audit.record(tx, { target: name, after: { team: id } })
    return required(room, id, tx)
  })
}

export function changeTeam(
  room: TeamRoom,
  { id, name }: { id: string; name: string },
  context: CallContext,
): Promise<StoredTeam> {
  const { teams, transaction } = room.rooms
  return transaction(async (tx) => {
    const team = await ownTeam(room, id, { context, tx })
    await requireFree(room, { name, id }, tx)
    await teams.change(tx, id, { ...team, name })
    await context.audit.record(tx, { target: name, before: { name: team.name }, after: { name, team: id } })
    return required(room, id, tx)
  })
}

export function deleteTeam(room: TeamRoom, id: string, context: CallContext): Promise<StoredTeam> {
  const { teams, transaction } = room.rooms
  return transaction(async (tx) => {
    const team = await ownTeam(room, id, { context, tx })
    await teams.remove(tx, id)
    await context.audit.record(tx, { target: team.name, before: { team: id, members: team.members } })
    return team
  })
}

/** Puts an account in a team or takes it out; in what it is already, nothing is done and that is said. */
export function setMember(
  room: TeamRoom,
  { id, account: accountId, to }: { id: string; account: string; to: 'in' | 'out' },
  context: CallContext,
): Promise<StoredTeam> {
  const { teams, users, transaction } = room.rooms
  return transaction(async (tx) => {
    const team = await ownTeam(room, id, { context, tx })
    const account = await users.byId(accountId, tx)
    if (account === null) throw new AppError('NOT_FOUND')
    const { username } = account
    context.audit.note({ target: username, accountId })
    const isIn = await teams.isMember(tx, id, accountId)
    if (isIn && to === 'in') throw new AppError('CONFLICT', { text: 'teamHasMember' })
    if (!isIn && to === 'out') throw new AppError('CONFLICT', { text: 'teamHasNotMember' })
    if (to === 'in') await teams.join(tx, { team: id, account: accountId, now: room.clock.now() })
    if (to === 'out') await teams.leave(tx, id, accountId)
    const side = { team: team.name, teamId: id }
    await context.audit.record(tx, {
      ...{ target: username, accountId },
      ...(to === 'in' ? { after: side } : { before: side }),
    })
    return required(room, id, tx)
  })
}
