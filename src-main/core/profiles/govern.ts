import { AppError } from '../../contract/errors'
import { authProviders } from '../../contract/app'
import type { ProfileImpact } from '../../contract/profiles'
import type { Finding } from '../../contract/settings'
import type { CallContext, Clock, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { Texts } from '../app/texts'
import { isOn } from '../methods/method-policy'
import { toFinding } from '../settings/findings'
import type { SettingsRoom } from '../settings/create-settings'
import { adminsWhoCanSignIn } from '../users/last-admin'
import type { ProfileFolder } from './profile-folder'

export interface GovernDeps {
  readonly settings: SettingsRoom
  readonly folder: ProfileFolder
  readonly rooms: () => Promise<Rooms>
  readonly clock: Clock
  readonly texts: Texts
  /** Whether what this console runs on may not hold a production profile. */
  readonly refusesProduction: boolean
}

/** What keeps a profile with these settings from governing here. */
function obstaclesOf({ texts, refusesProduction }: GovernDeps, { findings, profile }: Settings): Finding[] {
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (!profile.production || !refusesProduction) return errors
  const found = { code: 'CONFIG_INSECURE', severity: 'error', setting: 'AUTHDESK_PRODUCTION' } as const
  return [...errors, toFinding(texts, { ...found, text: 'productionRuntime' })]
}

/** What would change if this profile governed; nothing is changed. */
export async function impactOf(deps: GovernDeps, name: string): Promise<ProfileImpact> {
  await deps.folder.require(name)
  const { users, sessions } = await deps.rooms()
  const [now, then] = [await deps.settings.current(), await deps.settings.asGoverning(name)]
  const accounts = await users.countByProvider()
  return {
    name,
    governing: await deps.folder.governing(),
    methods: [now.method, then.method],
    ways: authProviders.map((provider) => ({
      provider,
      accounts: accounts[provider],
      on: [now, then].map(({ method }) => isOn(provider, method)),
    })),
    openSessions: await sessions.countOpen(deps.clock.now()),
    obstacles: obstaclesOf(deps, then),
  }
}

/**
 * Makes another profile govern. Ending the sessions, the audit record and the file that names the profile hold
 * together: the file is the last thing before the transaction ends.
 */
export async function govern(deps: GovernDeps, name: string, { audit }: CallContext): Promise<number> {
  await deps.folder.require(name)
  const before = await deps.folder.governing()
  if (before === name) throw new AppError('CONFLICT', { text: 'profileGovernsAlready' })
  const then = await deps.settings.asGoverning(name)
  const [error] = obstaclesOf(deps, then)
  if (error)
    throw new AppError('CONFIG_INVALID', {
      text: 'profileNotValid',
      details: { name, problem: error.message },
    })
  const { users, sessions, transaction } = await deps.rooms()
  const present = await deps.settings.current()
  return transaction(async (tx) => {
    const now = deps.clock.now()
    const able = await adminsWhoCanSignIn(users, { mode: then, now, tx })
    if (able.length === 0 && (await users.count()) > 0) throw new AppError('LAST_ADMIN')
    const sessionsEnded = await sessions.endEveryone(tx, now)
    await audit.record(tx, {
      target: name,
      before: { profile: before, method: present.method },
      after: { profile: name, method: then.method, sessionsEnded },
    })
    await deps.folder.govern(name)
    return sessionsEnded
  })
}
