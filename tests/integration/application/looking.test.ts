import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applicationQuerySchema } from '../../../src-main/contract/application'
import { createDatabases, type Databases } from '../../support/application-databases'
import { fixtureOf, fixtures } from '../../support/application-tables'
import { codeOf, helpdesk } from './accounts'

let databases: Databases
beforeAll(() => {
  databases = createDatabases()
})
afterAll(() => databases.remove())

const query = (given: object = {}) => applicationQuerySchema.parse(given)
const cases = fixtures.flatMap((fixture) =>
  fixture.dialects.map((dialect) => ({ ...fixture, fixture, dialect })),
)

describe.each(cases)('$kind, $age, on $dialect', ({ fixture, dialect, kind, version, people }) => {
  it('is recognised, and its accounts are what they are', async () => {
    const application = await databases.make(fixture.sql(dialect), dialect)
    const before = await application.dump()
    const { source } = helpdesk(application)
    expect(await source.status()).toMatchObject({
      ...{ kind, version, dialect, readOnly: null, accounts: people.length },
      admins: people.filter(({ admin }) => admin).length,
    })
    const { accounts, total } = await source.list(query())
    const byName = people.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    expect(total).toBe(people.length)
    expect(
      accounts.map(({ id, username, provider, state, admin, findings }) => ({
        ...{ id: Number(id), name: username, provider, state, admin, findings },
      })),
    ).toEqual(
      byName.map(({ id, name, provider, state, admin = false, findings = [] }) => ({
        ...{ id, name, provider, state, admin, findings },
      })),
    )
    expect(await application.dump()).toEqual(before)
  })

  it('is paged by its own order, filtered and searched', async () => {
    const { source } = helpdesk(await databases.make(fixture.sql(dialect), dialect))
    const names: string[] = []
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<typeof source.list>> = await source.list(query({ limit: 2, after }))
      names.push(...page.accounts.map(({ username }) => username))
      after = page.next
    } while (after !== null)
    expect(names).toEqual(people.map(({ name }) => name).toSorted())
    const locals = await source.list(query({ providers: ['local'], limit: 500 }))
    expect(locals.total).toBe(people.filter(({ provider }) => provider === 'local').length)
    const off = await source.list(query({ states: ['disabled', 'locked'] }))
    expect(off.total).toBe(people.filter(({ state }) => state === 'disabled' || state === 'locked').length)
    expect((await source.list(query({ search: 'ADA@' }))).accounts.map(({ id }) => id)).toEqual(['2'])
    for (const search of ['%', '_', `'; DROP TABLE users; --`, '\\'])
      expect((await source.list(query({ search }))).total).toBe(0)
  })

  it('finds one account by its name, its address and its id', async () => {
    const { source, actor } = helpdesk(await databases.make(fixture.sql(dialect), dialect))
    for (const name of ['ADA@example.test', 'id:2']) expect((await source.find(name, actor)).id).toBe('2')
    for (const name of ['nobody', 'id:nobody', 'id:99999999'])
      expect(await codeOf(source.find(name, actor))).toBe('NOT_FOUND')
  })
})

describe('one account', () => {
  it('has its identities, sessions, tokens, hash format and last sign-in, never the hash', async () => {
    const { source, actor } = helpdesk(
      await databases.make(fixtureOf('tududi', 'new').sql('sqlite'), 'sqlite'),
    )
    const katherine = await source.get('3', actor)
    expect(katherine).toMatchObject({
      lastSignIn: '2026-06-01T12:00:00.250Z',
      identities: [{ issuer: null, slug: 'idp', subject: 'k-1', email: 'katherine@example.test' }],
      passwordFormat: null,
    })
    const ada = await source.get('2', actor)
    expect(ada).toMatchObject({ sessions: 2, tokens: 1, passwordFormat: 'bcrypt 10', fullName: 'ada Person' })
    expect(JSON.stringify(ada)).not.toContain('$2b$')
  })

  it('explains what does not fit, by the mode that is set', async () => {
    const application = await databases.make(fixtureOf('timetracker', 'new').sql('sqlite'), 'sqlite')
    const claimable = async (method: 'all' | 'both' | 'oidc') =>
      (await helpdesk(application, { method }).source.list(query({ findings: ['claimable'] }))).accounts.map(
        ({ username }) => username,
      )
    expect(await claimable('both')).toEqual(['barbara', 'grace', 'katherine', 'margaret', 'radia'])
    // In `all` the form sends an account of the directory there.
    expect(await claimable('all')).toEqual(['barbara', 'katherine', 'margaret'])
    expect(await claimable('oidc')).toEqual([])
    const { explained } = await helpdesk(application).source.find('alan', helpdesk(application).actor)
    expect(explained).toMatchObject([{ id: 'password-left', severity: 'warning' }])
    expect(explained[0]?.next).not.toBe('')
  })
})

describe('what is no such database', () => {
  it.each(['sqlite', 'postgres'] as const)('is refused on %s', async (dialect) => {
    const empty = await databases.make('CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)', dialect)
    expect(await codeOf(helpdesk(empty).source.status())).toBe('APP_NOT_RECOGNISED')
  })

  it('is taken as it is described by hand, and refused where the description is wrong', async () => {
    const sql = `CREATE TABLE people (nr INTEGER PRIMARY KEY, login TEXT, pw TEXT, kind TEXT, "on" INTEGER);
      INSERT INTO people VALUES (1, 'ada', '$2b$10$${'x'.repeat(53)}', 'LOCAL', 1), (2, 'grace', NULL, 'LDAP', 1)`
    const application = await databases.make(sql, 'sqlite')
    const hand = {
      ...{ table: 'people', id: 'nr', username: 'login', password: 'pw', provider: 'kind', active: 'on' },
      hash: 'bcrypt-2b',
    } as const
    const desk = helpdesk(application, { hand })
    expect(await desk.source.status()).toMatchObject({ kind: 'mapped', accounts: 2, version: null })
    expect(await codeOf(desk.act('resetPassword', '2'))).toBe('PASSWORD_NOT_LOCAL')
    expect(await codeOf(desk.act('resetPassword', '1'))).toBe('OK')
    expect(await codeOf(desk.act('disable', '1'))).toBe('OK')
    expect(await desk.source.get('1', desk.actor)).toMatchObject({ state: 'disabled' })
    const wrong = helpdesk(application, { hand: { ...hand, password: 'secret' } })
    expect(await codeOf(wrong.source.status())).toBe('APP_NOT_RECOGNISED')
  })
})
