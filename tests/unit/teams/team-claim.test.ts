import { describe, expect, it } from 'vitest'
import { readTeamsClaim } from '../../../src-main/core/teams/team-claim'

/** What Vikunja's own guide has authentik's scope mapping return: a number of the database as the id. */
const authentik = [
  { name: 'Engineering', oidcID: 7 },
  { name: 'On call', oidcID: 12, description: 'Who wakes up', isPublic: true },
]
/** What a mapper of Keycloak puts there whose JSON type is JSON: the group's uuid as the id. */
const keycloak = JSON.parse(
  `[{"name":"engineering","oidcID":"6d9a52c1-8a51-4d3c-8a84-3f4d1d0a9a11","description":"","isPublic":false}]`,
) as unknown

const malformed = { entries: [], unreadable: [], skipped: 1, complete: true }

describe('the teams’ claim', () => {
  it('is read as authentik sends it', () => {
    expect(readTeamsClaim(authentik)).toEqual({
      entries: [
        { externalId: '7', name: 'Engineering', description: null, isPublic: false },
        { externalId: '12', name: 'On call', description: 'Who wakes up', isPublic: true },
      ],
      ...{ unreadable: [], skipped: 0, complete: true },
    })
  })

  it('is read as a mapper of Keycloak sends it, a list or a single object', () => {
    const one = {
      ...{ externalId: '6d9a52c1-8a51-4d3c-8a84-3f4d1d0a9a11', name: 'engineering' },
      ...{ description: null, isPublic: false },
    }
    expect(readTeamsClaim(keycloak)?.entries).toEqual([one])
    expect(readTeamsClaim((keycloak as unknown[])[0])?.entries).toEqual([one])
  })

  it('says nothing where it is absent, and “none” where it is empty', () => {
    expect([readTeamsClaim(undefined), readTeamsClaim(null)]).toEqual([null, null])
    expect(readTeamsClaim([])).toEqual({ entries: [], unreadable: [], skipped: 0, complete: true })
  })

  it.each([
    ['without an id', { name: 'x' }],
    ['with an empty id', { name: 'x', oidcID: ' ' }],
    ['with an id of 250 characters', { name: 'x', oidcID: 'i'.repeat(250) }],
    ['with an id that is no text and no number', { name: 'x', oidcID: ['1'] }],
    ['with a number too large to be exact', { name: 'x', oidcID: 2 ** 53 }],
    ['that is a text', 'engineering'],
    ['that is null', null],
  ])('skips an entry %s', (_, entry) => {
    expect(readTeamsClaim([entry])).toEqual(malformed)
    expect(readTeamsClaim([entry, { name: 'good', oidcID: 1 }])?.entries).toHaveLength(1)
  })

  it.each([
    ['no name', { oidcID: 5 }],
    ['a name that is no text', { name: 5, oidcID: 5 }],
    ['a description that is no text', { name: 'x', oidcID: 5, description: {} }],
    ['a visibility that is no boolean', { name: 'x', oidcID: 5, isPublic: 'true' }],
  ])('skips an entry with %s, and knows which team it names', (_, entry) => {
    expect(readTeamsClaim([entry])).toEqual({ ...malformed, unreadable: ['5'] })
  })

  it.each(['engineering,on-call', 7, true, JSON.stringify(authentik)])('is no list: %j', (value) => {
    expect(readTeamsClaim(value)).toEqual({ ...malformed, complete: false })
  })

  it('takes 249 characters, and an id twice once', () => {
    const id = 'i'.repeat(249)
    const entries = readTeamsClaim([
      { name: 'first', oidcID: id },
      { name: 'second', oidcID: id },
    ])?.entries
    expect(entries?.map(({ name }) => name)).toEqual(['first'])
  })
})
