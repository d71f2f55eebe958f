import type { Home } from '../app/home'
import type { Clock, SecretStore } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { ConsoleSession } from '../app/session'
import { prepareDemo } from './demo-home'

interface StartDemoDeps {
  readonly rooms: Pick<Rooms, 'database' | 'transaction' | 'users'>
  readonly home: Home
  readonly session: ConsoleSession
  readonly secrets: SecretStore
  readonly clock: Clock
}

const demoHours = 8

/** Fills the demo's home and signs in its sample administrator. */
export async function startDemo({ rooms, home, session, secrets, clock }: StartDemoDeps): Promise<void> {
  const { adminId } = await prepareDemo({ home, queries: rooms.database, secrets, clock })
  const start = await rooms.transaction(async (tx) => {
    const admin = await rooms.users.byId(adminId, tx)
    if (!admin) throw new Error('The sample administrator is gone.')
    return session.start(tx, admin, { via: 'demo', hours: demoHours })
  })
  start()
}
