import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Home } from '../app/home'
import type { Clock, Files, SecretStore, Tx } from '../app/ports'
import { createAuditLog } from '../audit/audit-log'
import type { Queries } from '../db/connections'
import { createAttemptStore } from '../sign-in/attempt-store'
import { createSessionStore } from '../sign-in/session-store'
import type { AccountChange, UserStore } from '../users/account'
import { createUserStore } from '../users/user-store'
import { demoExaminedProfile, demoProfile } from './demo-profile'
import { addTeam, type SampleTeam } from './demo-store'
import { sampleAccounts, sampleAdminName, sampleProviders, type SampleAccount } from './sample-accounts'
import { sampleDirectoryLdif } from './sample-directory'
import { hoursBefore, sampleAttempts, sampleEvents, type Stored } from './sample-history'

export interface DemoDeps {
  readonly home: Pick<Home, 'path' | 'profiles'>
  readonly queries: Queries
  readonly secrets: SecretStore
  readonly clock: Clock
}

const ownerOnly = { mode: 0o600 }
const ldifFile = (home: Pick<Home, 'path'>): string => join(home.path, 'sample-directory.ldif')
const lockedForHours = 8

/** A handle for the sample directory, which the LDAP page's test runs against. */
export function sampleDirectory(home: Pick<Home, 'path'>, files: Files): { handle: string; name: string } {
  return files.add(ldifFile(home))
}

function changeOf(sample: SampleAccount, now: Date): AccountChange {
  const { state, lastSignInHoursAgo: hours } = sample
  return {
    lastSignIn: hours === null ? null : hoursBefore(now, hours),
    pendingLink: state === 'pending-link',
    ...(state === 'locked' ? { lockedUntil: hoursBefore(now, -lockedForHours) } : {}),
    ...(state === 'disabled'
      ? { disabled: { at: hoursBefore(now, 30), source: 'manual', reason: 'Left the organisation' } }
      : {}),
  }
}

async function addAccount(
  users: UserStore,
  tx: Tx,
  given: { sample: SampleAccount; now: Date },
): Promise<Stored> {
  const { sample, now } = given
  const { username, email, fullName, provider, passwordHash, role, state } = sample
  const createdAt = hoursBefore(now, sample.createdHoursAgo)
  const mustChangePassword = state === 'must-change-password'
  const passwordExpiresAt = mustChangePassword ? hoursBefore(now, -18) : null
  const source = provider === 'ldap' && role !== 'user' ? `LDAP_${role.toUpperCase()}_GROUP` : 'manual'
  const account = { username, email, fullName, authProvider: provider, passwordHash, mustChangePassword }
  const { id } = await users.insert(
    tx,
    { ...account, passwordExpiresAt, grants: [{ role, source }] },
    createdAt,
  )
  await users.update(tx, id, changeOf(sample, now))
  for (const identity of sample.identities) {
    const claims = {
      sub: identity.subject,
      preferred_username: username,
      ...(email === null ? {} : { email }),
    }
    const saved = { ...identity, email, name: fullName, picture: null, claims }
    await users.saveIdentity(tx, id, { ...saved, now: createdAt })
    await users.saveIdentity(tx, id, { ...saved, now: hoursBefore(now, sample.lastSignInHoursAgo ?? 0) })
  }
  return { sample, id }
}

function teamsOf(accounts: readonly Stored[]): readonly SampleTeam[] {
  const members = (test: (stored: Stored, index: number) => boolean) =>
    accounts.filter(test).map(({ id }) => id)
  const from = (provider: 'id' | 'partner', externalId: string): SampleTeam['provider'] => {
    const { slug, issuer } = sampleProviders[provider]
    return { slug, issuer, externalId }
  }
  const uses = (slug: string) => (stored: Stored) =>
    stored.sample.identities.some((each) => each.slug === slug)
  const { id, partner } = sampleProviders
  return [
    {
      ...{ name: 'Design', description: 'How things look and read', isPublic: true },
      ...{ provider: from('id', 'team-17'), members: members(uses(id.slug)).slice(0, 14) },
    },
    {
      ...{ name: 'Partners', description: null, isPublic: false },
      ...{ provider: from('partner', '4'), members: members(uses(partner.slug)) },
    },
    {
      ...{ name: 'Werkstatt Süd', description: 'Made in this console', isPublic: false, provider: null },
      members: members((_stored, index) => index % 19 === 0),
    },
  ]
}

async function fillDatabase(queries: Queries, now: Date): Promise<string> {
  const users = createUserStore(queries)
  const sessions = createSessionStore(queries)
  const attempts = createAttemptStore(queries)
  let eventTime = now
  const clock = { now: () => eventTime }
  const audit = createAuditLog({ queries, clock, osUser: 'demo', host: 'demo' })

  return queries.transaction(async (tx) => {
    const accounts: Stored[] = []
    for (const sample of sampleAccounts()) accounts.push(await addAccount(users, tx, { sample, now }))
    for (const team of teamsOf(accounts)) await addTeam(queries, tx, { team, now: hoursBefore(now, 2000) })
    for (const attempt of sampleAttempts(accounts, now)) await attempts.record(tx, attempt)
    for (const { sample, id } of accounts.filter(({ sample }) => (sample.lastSignInHoursAgo ?? 99) < 6)) {
      const startedAt = hoursBefore(now, sample.lastSignInHoursAgo ?? 0)
      const expiresAt = new Date(startedAt.getTime() + 8 * 3_600_000)
      const session = { id: `demo-${id}`, accountId: id, via: sample.provider, host: 'front-desk' }
      await sessions.insert(tx, { ...session, startedAt, expiresAt })
    }
    for (const { at, what } of sampleEvents(accounts, now)) {
      eventTime = at
      await audit.append(tx, what)
    }
    const admin = accounts.find(({ sample }) => sample.username === sampleAdminName)
    if (!admin) throw new Error('The sample accounts have lost their administrator.')
    return admin.id
  })
}

/**
 * Fills an empty home with the sample accounts, the sample directory and the profile that fits them, and
 * returns the sample administrator's account id.
 */
export async function prepareDemo({ home, queries, secrets, clock }: DemoDeps): Promise<{ adminId: string }> {
  const adminId = await fillDatabase(queries, clock.now())
  await writeFile(ldifFile(home), sampleDirectoryLdif(sampleAccounts()), ownerOnly)
  await writeFile(join(home.profiles, 'demo.env'), demoProfile, ownerOnly)
  await writeFile(join(home.profiles, 'todo.env'), demoExaminedProfile, ownerOnly)
  await writeFile(join(home.profiles, 'governs'), 'demo\n', ownerOnly)
  await secrets.set('demo/LDAP_BIND_PASSWORD', 'sample-only')
  return { adminId }
}
