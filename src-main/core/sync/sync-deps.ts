import { randomUUID } from 'node:crypto'
import { AppError } from '../../contract/errors'
import type { Clock, Settings, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { ReadPeople } from '../ldap/read-people'
import { adminsNow } from '../users/last-admin'
import type { ApplyStore } from './apply-store'
import type { RunStore } from './run-store'
import type { PlannedRows, StagingStore } from './staging-store'
import type { UndoStore } from './undo-store'

export interface SyncDeps {
  readonly rooms: Pick<Rooms, 'users' | 'transaction'>
  readonly settings: () => Promise<Settings>
  readonly clock: Clock
  readonly readPeople: ReadPeople
  readonly staging: StagingStore
  readonly planned: PlannedRows
  readonly runs: RunStore
  readonly applying: ApplyStore
  readonly undoing: UndoStore
}

/** Nothing else that syncs runs meanwhile, in this program or another (`SYNC_RUNNING`). */
export async function alone<T>(deps: SyncDeps, work: (id: string) => Promise<T>): Promise<T> {
  const { rooms, runs, clock } = deps
  const id = randomUUID()
  const taken = await rooms.transaction((tx) => runs.take(tx, id, clock.now()))
  if (!taken) throw new AppError('SYNC_RUNNING')
  try {
    return await work(id)
  } finally {
    await rooms.transaction((tx) => runs.release(tx, id))
  }
}

/** Taken before a change: where an administrator could sign in, one still can after it, or everything is taken back. */
export async function adminsLeft({ rooms, settings, clock }: SyncDeps, tx: Tx) {
  const able = async () =>
    (await adminsNow(rooms.users, { mode: await settings(), now: clock.now(), tx })).able.length
  const before = await able()
  return {
    require: async (): Promise<void> => {
      if (before > 0 && (await able()) === 0) throw new AppError('LAST_ADMIN')
    },
  }
}
