import type { Output } from '../../api/paths'

type Explanation = Output<'ldap.explain'>

export interface GroupNode {
  readonly dn: string
  readonly name: string
  /** 1 holds the person directly. */
  readonly column: number
  readonly row: number
  readonly role: string | null
  readonly required: boolean
}

export interface MembershipLayout {
  readonly nodes: readonly GroupNode[]
  /** From the person (null) or a group to the group that holds it. */
  readonly edges: readonly { readonly from: string | null; readonly to: string }[]
  readonly columns: number
  readonly rows: number
  /** Groups that are in the list only. */
  readonly left: number
}

/** More than so many cannot be read as a picture. */
const mostNodes = 24

type Group = Explanation['groups'][number]

/** How many groups lie between; a way that leads nowhere or round ends where it does. */
function depthOf(group: Group, byDn: ReadonlyMap<string, Group>): number {
  const seen = new Set<string>()
  let at: Group | undefined = group
  while (at !== undefined && at.below !== null && !seen.has(at.dn)) {
    seen.add(at.dn)
    at = byDn.get(at.below)
  }
  return seen.size + 1
}

/** The groups that matter and those below them first, the others as far as there is room. */
function chosen(groups: readonly Group[], byDn: ReadonlyMap<string, Group>): readonly Group[] {
  const kept = new Set<Group>()
  const keep = (group: Group | undefined): void => {
    if (!group || kept.has(group) || kept.size >= mostNodes) return
    kept.add(group)
    if (group.below !== null) keep(byDn.get(group.below))
  }
  groups.filter(({ role, required }) => required || role !== null).forEach(keep)
  groups.forEach(keep)
  return groups.filter((group) => kept.has(group))
}

/** Where each group stands: a column for each level above the person, a row for each group of a level. */
export function layoutMembership(groups: Explanation['groups']): MembershipLayout {
  const byDn = new Map(groups.map((group) => [group.dn, group]))
  const shown = chosen(groups, byDn)
  const filled = new Map<number, number>()
  const nodes = shown.map((group) => {
    const column = depthOf(group, byDn)
    const row = filled.get(column) ?? 0
    filled.set(column, row + 1)
    const { dn, name, role, required } = group
    return { dn, name, role, required, column, row }
  })
  const present = new Set(nodes.map(({ dn }) => dn))
  const edges = shown
    .filter(({ how, below }) => below !== null || how !== 'nested')
    .filter(({ below }) => below === null || present.has(below))
    .map(({ dn, below }) => ({ from: below, to: dn }))
  return {
    ...{ nodes, edges, left: groups.length - shown.length },
    columns: Math.max(0, ...filled.keys()) + 1,
    rows: Math.max(1, ...filled.values()),
  }
}
