import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabases, differences, type Databases } from '../../support/application-databases'
import { fixtures, type Fixture, type Person } from '../../support/application-tables'
import { codeOf, helpdesk, type Action } from './accounts'

let databases: Databases
beforeAll(() => {
  databases = createDatabases()
})
afterAll(() => databases.remove())

const actions: readonly Action[] = ['resetPassword', 'disable', 'enable']

/** What must come of it, told without a look at how the console decides. */
function expected({ columns }: Fixture, { provider, state, admin }: Person, action: Action): string {
  if (action === 'resetPassword') return provider === 'local' ? 'OK' : 'PASSWORD_NOT_LOCAL'
  if (columns.enabling.length === 0) return 'APP_NOT_OFFERED'
  const off = state === 'disabled'
  if (action === 'enable') return off || state === 'locked' ? 'OK' : 'CONFLICT'
  if (off) return 'CONFLICT'
  return admin ? 'LAST_ADMIN' : 'OK'
}

/** The cells and rows that may differ afterwards. */
function mayDiffer({ columns, sessions }: Fixture, { id }: Person, action: Action): RegExp {
  const touched = action === 'resetPassword' ? columns.password : columns.enabling
  const cells = touched.map((column) => column.replace('.', `\\.${id}\\.`))
  const ended = sessions && action === 'resetPassword' ? [`${sessions.table}\\.'?[a-z0-9]+'?`] : []
  return new RegExp(`^(?:${[...cells, ...ended].join('|')})$`)
}

const cases = fixtures.flatMap((fixture) =>
  fixture.dialects.map((dialect) => ({ ...fixture, fixture, dialect })),
)

describe.each(cases)('$kind, $age, on $dialect', ({ fixture, dialect, people }) => {
  it('refuses or does each action for each provider, and touches nothing else', async () => {
    const application = await databases.make(fixture.sql(dialect), dialect)
    for (const person of people) {
      for (const action of actions) {
        const desk = helpdesk(application)
        const now = await desk.source.get(String(person.id), desk.actor)
        const before = await application.dump()
        const code = await codeOf(desk.act(action, now.id))
        const changed = differences(before, await application.dump())
        const what = `${person.name} ${action}`
        expect({ what, code }).toEqual({
          what,
          code: expected(fixture, { ...person, state: now.state }, action),
        })
        expect({ what, told: now.actions[action].allowed }).toEqual({ what, told: code === 'OK' })
        const allowed = mayDiffer(fixture, person, action)
        expect(code === 'OK' ? changed.filter((cell) => !allowed.test(cell)) : changed).toEqual([])
        expect({ what, any: changed.length > 0 }).toEqual({ what, any: code === 'OK' })
        expect(desk.audited).toHaveLength(code === 'OK' ? 1 : 0)
      }
    }
  })

  it('ends the sessions of the account alone', async () => {
    if (!fixture.sessions) return
    const application = await databases.make(fixture.sql(dialect), dialect)
    const { table, of } = fixture.sessions
    const held = async () => Object.keys((await application.dump())[table] ?? {}).length
    const before = await held()
    const desk = helpdesk(application)
    expect(await desk.act('resetPassword', '2')).toMatchObject({ sessionsEnded: of[2] })
    expect(await held()).toBe(before - (of[2] ?? 0))
  })
})
