import type { ExplainedAccount } from '../../contract/ldap-explain'
import { highestRole, type Role } from '../../contract/permissions'
import type { Clock, Settings, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import { findOwner, mappingOf, rolesToMap, type Vouched } from '../sign-in/admission'
import type { IdentityDecision } from '../sign-in/identity-policy'
import type { Account, UserStore } from '../users/account'
import { foldName } from '../users/folded-name'

interface Deps {
  readonly rooms: () => Promise<Rooms>
  readonly clock: Clock
}

/** Whose a vouched person's sign-in would be. */
export interface WouldBe {
  readonly decision: IdentityDecision
  readonly account: Account | null
  /** What the account is, or would be, called. */
  readonly username: string | null
}

/** So many names are tried in turn, as the sign-in does: `ada`, `ada-2`, `ada-3`. */
const mostNames = 50

async function freeName(users: UserStore, wanted: string): Promise<string | null> {
  const names = Array.from({ length: mostNames }, (_, at) => (at === 0 ? wanted : `${wanted}-${at + 1}`))
  const { names: gone } = await users.existing(names.map(foldName), [])
  return names.find((name) => !gone.has(foldName(name))) ?? null
}

/** Whose the sign-in would be: asked in a transaction that writes nothing. */
export async function wouldBe({ rooms }: Deps, vouched: Vouched): Promise<WouldBe> {
  const { users, transaction, ...all } = await rooms()
  const owner = await transaction(async (tx: Tx) => {
    const decision = await findOwner({ ...all, users }, vouched, tx)
    const account = 'accountId' in decision ? await users.byId(decision.accountId, tx) : null
    return { decision, account }
  })
  if (owner.decision.kind !== 'create') return { ...owner, username: owner.account?.username ?? null }
  const wanted = vouched.username?.trim() || vouched.email?.split('@')[0]?.trim() || ''
  return { ...owner, username: wanted === '' ? null : await freeName(users, wanted) }
}

const actions = {
  known: 'sign-in',
  bind: 'bind',
  link: 'link',
  create: 'create',
  pending: 'wait',
  refuse: 'refuse',
} as const

/** What would happen to the account, with its role before and after. */
export async function accountView(
  deps: Deps,
  settings: Settings,
  { found, vouched }: { found: WouldBe; vouched: Vouched },
): Promise<ExplainedAccount> {
  const { decision, account, username } = found
  const { roleSource } = vouched
  const grants = account?.grants ?? []
  const mapped = account === null ? vouched.roles : await mappedRoles(deps, settings, { account, vouched })
  const kept = mapped === null ? grants : grants.filter(({ source }) => source !== roleSource)
  const first = decision.kind === 'create' ? vouched.firstRoles : []
  const after = [...kept.map(({ role }) => role), ...(mapped ?? []), ...first]
  return {
    ...{ action: actions[decision.kind], id: account?.id ?? null, username },
    role: {
      before: account === null ? null : highestRole(grants.map(({ role }) => role)),
      after: highestRole(after),
      source: mapped === null && first.length === 0 ? 'unchanged' : roleSource,
    },
  }
}

/** What the mapping would grant: the last administrator stays one. */
async function mappedRoles(
  { rooms, clock }: Deps,
  settings: Settings,
  { account, vouched }: { account: Account; vouched: Vouched },
): Promise<readonly Role[] | null> {
  const all = await rooms()
  const mapping = mappingOf(vouched, account)
  return all.transaction((tx) =>
    rolesToMap(all, account, { ...mapping, tx, now: clock.now(), mode: settings }),
  )
}
