import { AppError } from '../../contract/errors'
import { authProviders } from '../../contract/app'
import type { ProfileImpact } from '../../contract/profiles'
import type { Finding } from '../../contract/settings'
import type { CallContext, Clock, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { Texts } from '../app/texts'
import { wayIn } from '../auth/impact-policy'
import { factsOfClass, type ImpactStore } from '../auth/impact-store'
import { isOn } from '../methods/method-policy'
import { toFinding, type Found } from '../settings/findings'
import type { SettingsRoom } from '../settings/create-settings'
import { requireLocalAdmin } from '../users/last-admin'
import type { ProfileFolder } from './profile-folder'

export interface GovernDeps {
  readonly settings: SettingsRoom
  readonly folder: ProfileFolder
  readonly rooms: () => Promise<Rooms>
  readonly clock: Clock
  /** How many accounts there are of each kind of way in, for these issuers. */
  readonly classes: ImpactStore['classes']
  readonly texts: Texts
  /** Whether what this console runs on may not hold a production profile. */
  readonly refusesProduction: boolean
}

/** What keeps a profile with these settings from governing here. */
async function obstaclesOf(deps: GovernDeps, { findings, profile }: Settings): Promise<Finding[]> {
  const obstacle = (found: Pick<Found, 'code' | 'setting' | 'text' | 'with'>) =>
    toFinding(deps.texts, { ...found, severity: 'error' })
  const present = (await deps.settings.current()).profile
  const replaced = present.file !== null && present.file !== deps.folder.path(present.name)
  return [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...(replaced
      ? [
          obstacle({
            code: 'CONFIG_CONTRADICTION',
            setting: null,
            text: 'startedWithFile',
            with: { file: present.file },
          }),
        ]
      : []),
    ...(profile.production && deps.refusesProduction
      ? [obstacle({ code: 'CONFIG_INSECURE', setting: 'AUTHDESK_PRODUCTION', text: 'productionRuntime' })]
      : []),
  ]
}

/** How many accounts the sign-in would let in under these settings. */
async function countWayIn({ classes }: GovernDeps, { method, oidc, oidcEnabled }: Settings): Promise<number> {
  const usable = oidc.filter(({ missing }) => missing.length === 0)
  const mode = { method, providers: oidcEnabled && usable.length > 0 }
  const rows = await classes(usable.map(({ issuer }) => issuer))
  const open = rows.filter((row) => wayIn(factsOfClass(row.class), mode).open)
  return open.reduce((sum, { count }) => sum + count, 0)
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
    wayIn: [await countWayIn(deps, now), await countWayIn(deps, then)],
    openSessions: await sessions.countOpen(deps.clock.now()),
    obstacles: await obstaclesOf(deps, then),
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
  const [error] = await obstaclesOf(deps, then)
  if (error)
    throw new AppError('CONFIG_INVALID', {
      text: 'profileCannotGovern',
      details: { name, problem: error.message },
    })
  const { users, sessions, transaction } = await deps.rooms()
  const present = await deps.settings.current()
  return transaction(async (tx) => {
    const now = deps.clock.now()
    await requireLocalAdmin(users, { mode: then, now, tx })
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
