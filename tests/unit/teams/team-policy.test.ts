import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTeamsClaim } from '../../../src-main/core/teams/team-claim'
import { noTeamChange, planTeams, type KnownTeam } from '../../../src-main/core/teams/team-policy'

const team = (externalId: string, more: Partial<KnownTeam> = {}): KnownTeam => ({
  ...{ id: `team-${externalId}`, externalId, name: `Team ${externalId}`, description: null, isPublic: false },
  ...{ members: 2, isMember: true, ...more },
})
const entry = (oidcID: number | string, name = `Team ${oidcID}`) => ({ name, oidcID })
const outcome = (claim: unknown, current: readonly KnownTeam[]) => {
  const plan = planTeams(readTeamsClaim(claim), current)
  return {
    create: plan.create.map(({ externalId }) => externalId),
    change: plan.change.map(({ team: { externalId }, to }) => `${externalId} → ${to.name}`),
    join: plan.join.map(({ externalId }) => externalId),
    leave: plan.leave.map(({ externalId }) => externalId),
    remove: plan.remove.map(({ externalId }) => externalId),
  }
}
const nothing = { create: [], change: [], join: [], leave: [], remove: [] }

type Case = readonly [
  name: string,
  claim: unknown,
  current: readonly KnownTeam[],
  wanted: Partial<Record<keyof typeof nothing, readonly string[]>>,
]
const cases: readonly Case[] = [
  ['1: an unknown id is a new team', [entry(1)], [], { create: ['1'] }],
  ['3: a known name with another id is another team', [entry(2, 'Team 1')], [], { create: ['2'] }],
  ['4: a known id with another name is a rename', [entry(1, 'New')], [team('1')], { change: ['1 → New'] }],
  ['5: no claim changes nothing', undefined, [team('1')], {}],
  ['6: an entry without an id is skipped', [{ name: 'x' }, entry(1)], [], { create: ['1'] }],
  ['6: a claim that is no list takes nobody out', 'Team 1', [team('1')], {}],
  ['6: a team whose entry is unreadable is still named', [{ oidcID: 1 }], [team('1')], {}],
  ['8: who is not named leaves', [entry(1)], [team('1'), team('2')], { leave: ['2'] }],
  ['8: the last one leaves nobody behind', [], [team('1', { members: 1 })], { leave: ['1'], remove: ['1'] }],
  ['8: an empty list is “none”', [], [team('1'), team('2')], { leave: ['1', '2'] }],
  ['a known team is joined', [entry(1)], [team('1', { isMember: false })], { join: ['1'] }],
  ['another person’s team is left alone', [], [team('1', { isMember: false })], {}],
  ['what is so already changes nothing', [entry(1)], [team('1')], {}],
]

describe('what a claim makes of an issuer’s teams', () => {
  it.each(cases)('%s', (...[, claim, current, wanted]) => {
    expect(outcome(claim, current)).toEqual({ ...nothing, ...wanted })
  })

  it('is nothing at all without a claim', () => {
    expect(planTeams(null, [team('1')])).toEqual(noTeamChange)
  })

  it('a description or a visibility that changed follows', () => {
    const claim = [{ ...entry(1), description: 'new', isPublic: true }]
    const { change } = planTeams(readTeamsClaim(claim), [team('1')])
    expect(change.map(({ to }) => to)).toMatchObject([{ description: 'new', isPublic: true }])
  })
})

const ids = fc.integer({ min: 0, max: 8 })
const known = fc.uniqueArray(
  fc.record({ n: ids, members: fc.integer({ min: 1, max: 3 }), isMember: fc.boolean() }),
  { selector: ({ n }) => n },
)
const written = fc.array(
  fc.oneof(
    fc.record({ oidcID: ids, name: fc.constantFrom('a', 'b') }),
    fc.anything(),
    fc.record({ oidcID: fc.anything(), name: fc.anything() }),
  ),
)

/** The teams afterwards, as the sign-in's writes leave them. */
function applied(claim: unknown, current: readonly KnownTeam[]): KnownTeam[] {
  const plan = planTeams(readTeamsClaim(claim), current)
  const made = plan.create.map((each) => ({ ...each, id: each.externalId, members: 1, isMember: true }))
  const kept = current
    .filter((each) => !plan.remove.includes(each))
    .map((each) => {
      const to = plan.change.find((change) => change.team === each)?.to ?? {}
      const isMember = (each.isMember || plan.join.includes(each)) && !plan.leave.includes(each)
      const members = each.members + (plan.join.includes(each) ? 1 : 0) - (plan.leave.includes(each) ? 1 : 0)
      return { ...each, ...to, isMember, members }
    })
  return [...kept, ...made]
}

describe('whatever is sent', () => {
  it('the person is in exactly the teams that are named, none is empty, and twice is once', () => {
    fc.assert(
      fc.property(written, known, (claim, there) => {
        const current = there.map(({ n, ...rest }) => team(String(n), rest))
        const after = applied(claim, current)
        const read = readTeamsClaim(claim)
        const named = new Set(read?.entries.map(({ externalId }) => externalId))
        const unreadable = new Set(read?.unreadable)
        for (const each of after) {
          const was = current.find(({ id }) => id === each.id)?.isMember ?? false
          const stays = unreadable.has(each.externalId) && was
          expect(each.isMember).toBe(named.has(each.externalId) || stays)
          expect(each.members).toBeGreaterThan(0)
        }
        expect(planTeams(read, after)).toEqual(noTeamChange)
      }),
    )
  })
})
