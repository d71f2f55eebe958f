import type { LdapSettings } from '../app/ports'
import { readEntry, type DirectoryConnection } from './directory-connection'
import { normaliseDn } from './dn'
import { equal } from './filter'
import type { Membership, Memberships } from './groups'

/**
 * The way from the person up to a group, the nearest group first and the group itself last; null where it does not
 * hold the person. Each step is asked of the directory: does this group hold that one?
 */
export async function proveMembership(
  connection: DirectoryConnection,
  what: { readonly settings: LdapSettings; readonly memberships: Memberships; readonly group: string },
  signal: AbortSignal,
): Promise<readonly Membership[] | null> {
  const all = [...what.memberships.groups.values()]
  let holder = what.memberships.groups.get(normaliseDn(what.group))
  if (!holder) return null
  const way = [holder]
  while (levelOf(holder) > 0) {
    const above: Membership = holder
    const below = all.filter((each) => each.level === levelOf(above) - 1)
    const held = await heldBy(connection, { settings: what.settings, above, below }, signal)
    if (!held) return null
    way.unshift(held)
    holder = held
  }
  return way
}

/** Only a walk knows the levels. */
function levelOf({ level }: Membership): number {
  return level ?? 0
}

async function heldBy(
  connection: DirectoryConnection,
  what: {
    readonly settings: LdapSettings
    readonly above: Membership
    readonly below: readonly Membership[]
  },
  signal: AbortSignal,
): Promise<Membership | null> {
  for (const group of what.below) {
    const filter = equal(what.settings.groupMemberAttribute, group.dn)
    const found = await readEntry(connection, { dn: what.above.dn, filter, attributes: ['cn'] }, signal)
    if (found) return group
  }
  return null
}
