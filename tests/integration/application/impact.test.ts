import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApplicationImpact } from '../../../src-main/core/application/application-impact'
import { createDatabases, type Databases } from '../../support/application-databases'
import { fixtureOf } from '../../support/application-tables'
import { codeOf, helpdesk } from './accounts'

let databases: Databases
beforeAll(() => {
  databases = createDatabases()
})
afterAll(() => databases.remove())

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  it('counts who keeps, loses and gains a way in, names them, and counts what is unsafe', async () => {
    const application = await databases.make(fixtureOf('timetracker', 'new').sql(dialect), dialect)
    const before = await application.dump()
    const found = await createApplicationImpact(helpdesk(application, { method: 'local' }).options).impact(
      'oidc',
    )
    expect(found).toMatchObject({
      ...{ from: 'local', to: 'oidc', admins: 0, more: false },
      counts: { keep: 4, lose: 6, gain: 0, without: 1 },
      hazards: [],
    })
    expect(found.people.map(({ username, change }) => `${username} ${change}`)).toEqual([
      'ada lose',
      'alan lose',
      'barbara lose',
      'grace lose',
      'odd lose',
      'root lose',
    ])
    const back = await createApplicationImpact(helpdesk(application, { method: 'oidc' }).options).impact(
      'both',
    )
    expect(back.counts).toEqual({ keep: 4, lose: 0, gain: 6, without: 1 })
    expect(back.hazards.map(({ id, accounts }) => [id, accounts])).toEqual([
      ['claimable', 5],
      ['provider-ignored', 3],
    ])
    expect(back.safe).toBeLessThan(back.counts.keep + back.counts.gain)
    expect(await application.dump()).toEqual(before)
  })

  it('explains one account under the mode that is set, or another', async () => {
    const application = await databases.make(fixtureOf('timetracker', 'new').sql(dialect), dialect)
    const room = createApplicationImpact(helpdesk(application, { method: 'both' }).options)
    expect(await room.explain({ name: 'alan', method: null })).toMatchObject({
      ...{ method: 'both', ways: [{ way: 'password', hazard: { id: 'provider-ignored' } }], safe: false },
    })
    expect(await room.explain({ name: 'alan', method: 'all' })).toMatchObject({
      ...{ ways: [{ way: 'directory', hazard: null }], safe: true },
    })
    expect(await room.explain({ name: 'donald', method: null })).toMatchObject({ ways: [], safe: false })
  })

  it('refuses a mode that the application does not have', async () => {
    const application = await databases.make(fixtureOf('tududi', 'new').sql('sqlite'), 'sqlite')
    const room = createApplicationImpact(helpdesk(application).options)
    expect(await codeOf(room.impact('ldap'))).toBe('INVALID_INPUT')
    expect((await room.impact('oidc')).counts).toEqual({ keep: 2, lose: 2, gain: 0, without: 1 })
  })
})
