import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../src-main/core/db/database'
import type { Account, Identity, NewAccount, UserStore } from '../../../src-main/core/users/account'
import { createUserStore } from '../../../src-main/core/users/user-store'
import { temporaryHome, type TestHome } from '../../support/database'

const now = new Date('2025-03-01T09:00:00.000Z')
const later = new Date('2025-03-01T10:00:00.000Z')

const blank: NewAccount = {
  username: 'ada',
  email: 'ada@example.org',
  fullName: 'Ada Lovelace',
  authProvider: 'local',
  passwordHash: 'hash',
  mustChangePassword: false,
  passwordExpiresAt: null,
  grants: [{ role: 'user', source: 'manual' }],
}
const identity: Identity = {
  kind: 'oidc',
  issuer: 'https://id.example.org',
  subject: 's1',
  slug: 'id',
  email: 'ada@example.org',
  name: 'Ada',
  picture: null,
  claims: { sub: 's1', groups: ['a', 'b'] },
}

describe('accounts in the database', () => {
  let home: TestHome
  let database: Database
  let users: UserStore
  beforeEach(async () => {
    home = await temporaryHome()
    database = await home.open()
    users = createUserStore(database)
  })
  afterEach(() => home.remove())

  const add = (account: Partial<NewAccount> = {}): Promise<Account> =>
    database.transaction((tx) => users.insert(tx, { ...blank, ...account }, now))
  const change = (id: string, changes: Parameters<UserStore['update']>[2]) =>
    database.transaction((tx) => users.update(tx, id, changes))
  const markDeleted = (id: string) =>
    database.transaction((tx) =>
      database.run(tx, { sql: 'UPDATE users SET deleted_at = $at WHERE id = $id', bind: { id, at: 'x' } }),
    )

  it('come back as they were put in', async () => {
    const ada = await add({ passwordExpiresAt: later, mustChangePassword: true })
    expect(ada).toEqual({
      ...blank,
      id: ada.id,
      mustChangePassword: true,
      passwordExpiresAt: later,
      passwordChangedAt: now,
      disabled: null,
      lockedUntil: null,
      pendingLink: false,
      lastSignIn: null,
      createdAt: now,
      grants: [{ role: 'user', source: 'manual', grantedAt: now }],
    })
    expect(await users.byId(ada.id)).toEqual(ada)
    expect(await users.byId('nobody')).toBeNull()
    expect(await users.count()).toBe(1)
  })

  it.each(['ADA', ' ada ', 'ａｄａ'])('are found by a name written as %j', async (name) => {
    const ada = await add()
    expect((await users.byName(name))?.id).toBe(ada.id)
  })

  it.each([
    ['Ada', 'ADA'],
    ['Müller', 'MU\u0308LLER'],
    ['ﬁona', 'fiona'],
  ])('have one name: %j is %j', async (first, second) => {
    await add({ username: first })
    await expect(add({ username: second })).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    expect(await users.count()).toBe(1)
  })

  it('keep their name after they are deleted, and are gone everywhere else', async () => {
    const ada = await add({ grants: [{ role: 'admin', source: 'manual' }] })
    await database.transaction((tx) => users.saveIdentity(tx, ada.id, { ...identity, now }))
    await markDeleted(ada.id)
    await expect(add({ username: 'Ada' })).rejects.toMatchObject({ code: 'NAME_RESERVED' })
    expect(await users.byName('ada')).toBeNull()
    expect(await users.byId(ada.id)).toBeNull()
    expect(await users.byEmail('ada@example.org')).toEqual([])
    expect(await users.byIdentity(identity.issuer, identity.subject)).toBeNull()
    expect(await users.enabledAdmins()).toEqual([])
    expect(await users.count()).toBe(0)
    expect(await users.countByProvider()).toEqual({ local: 0, oidc: 0, ldap: 0 })
    expect(await users.countByIssuer()).toEqual({})
    const query = { search: 'lovelace', providers: [], roles: [], states: [] }
    expect((await users.facets(query, now)).all).toBe(0)
  })

  it('go on in the same transaction after a taken name', async () => {
    await add()
    const second = await database.transaction(async (tx) => {
      await expect(users.insert(tx, blank, now)).rejects.toMatchObject({ code: 'NAME_TAKEN' })
      return users.insert(tx, { ...blank, username: 'ada-2' }, now)
    })
    expect(second.username).toBe('ada-2')
  })

  it('share an e-mail only to be found by it', async () => {
    const one = await add()
    const other = await add({ username: 'other', email: 'ADA@Example.org' })
    expect((await users.byEmail('ada@EXAMPLE.org')).map(({ id }) => id)).toEqual([one.id, other.id])
  })

  it('change only what a change names', async () => {
    const ada = await add()
    const disabled = { at: later, source: 'manual', reason: 'left' }
    const changed = await change(ada.id, {
      disabled,
      lockedUntil: later,
      pendingLink: true,
      lastSignIn: later,
    })
    expect(changed).toEqual({ ...ada, disabled, lockedUntil: later, pendingLink: true, lastSignIn: later })
    const back = await change(ada.id, { disabled: null, lockedUntil: null, pendingLink: false })
    expect(back).toEqual({ ...ada, lastSignIn: later })
    expect(await change(ada.id, {})).toEqual(back)
    const ldap = await change(ada.id, { authProvider: 'ldap', passwordHash: null, email: null })
    expect(ldap).toEqual({ ...back, authProvider: 'ldap', passwordHash: null, email: null })
    await expect(change('nobody', { email: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('are found under their new e-mail and name, no longer under the old ones', async () => {
    const ada = await add()
    await change(ada.id, { email: 'countess@example.org', fullName: 'Ada King' })
    const names = async (search: string) => {
      const query = { search, providers: [], roles: [], states: [], after: null, limit: 9 }
      const page = await users.page({ ...query, sort: { by: 'username', direction: 'asc' } }, now)
      return page.users.map(({ username }) => username)
    }
    expect(await names('countess')).toEqual(['ada'])
    expect(await names('King')).toEqual(['ada'])
    expect(await names('Lovelace')).toEqual([])
    expect(await users.byEmail('ada@example.org')).toEqual([])
  })

  it('have identities that are refreshed and belong to one account only', async () => {
    const [ada, other] = [await add(), await add({ username: 'other' })]
    await database.transaction((tx) => users.saveIdentity(tx, ada.id, { ...identity, now }))
    const fresh = { ...identity, email: null, name: 'Ada K.', claims: { admin: true, level: 3, none: null } }
    await database.transaction((tx) => users.saveIdentity(tx, ada.id, { ...fresh, now: later }))
    expect(await users.identities(ada.id)).toEqual([
      {
        ...{ kind: 'oidc', issuer: identity.issuer, subject: 's1', slug: 'id', email: null, name: 'Ada K.' },
        claims: [
          { name: 'admin', value: 'true' },
          { name: 'level', value: '3' },
          { name: 'none', value: 'null' },
        ],
        linkedAt: expect.any(String) as string,
        firstSignIn: now.toISOString(),
        lastSignIn: later.toISOString(),
      },
    ])
    const stolen = database.transaction((tx) => users.saveIdentity(tx, other.id, { ...identity, now }))
    await expect(stolen).rejects.toMatchObject({ code: 'LINK_CONFLICT' })
    expect((await users.byIdentity(identity.issuer, 's1'))?.id).toBe(ada.id)
    expect(await users.byIdentity('https://other', 's1')).toBeNull()
    expect(await users.countByIssuer()).toEqual({ [identity.issuer]: 1 })
  })

  it('keep the roles of other sources when one source changes its mind', async () => {
    const ada = await add({ grants: [{ role: 'auditor', source: 'manual' }] })
    const set = (source: string, roles: ('admin' | 'helpdesk' | 'auditor' | 'user')[], at: Date) =>
      database.transaction((tx) => users.setRoles(tx, ada.id, { source, roles, now: at }))
    const held = async () =>
      (await users.byId(ada.id))?.grants.map(({ role, source, grantedAt }) => [role, source, grantedAt])
    await set('LDAP_ADMIN_GROUP', ['admin', 'helpdesk'], later)
    await set('LDAP_ADMIN_GROUP', ['helpdesk'], new Date('2030-01-01'))
    expect(await held()).toEqual([
      ['auditor', 'manual', now],
      ['helpdesk', 'LDAP_ADMIN_GROUP', later],
    ])
    await set('LDAP_ADMIN_GROUP', [], later)
    expect(await held()).toEqual([['auditor', 'manual', now]])
  })

  it('show the highest role, whichever way the grants change', async () => {
    const ada = await add({ grants: [] })
    const shown = async () => {
      const { roles } = await users.facets({ search: '', providers: [], roles: [], states: [] }, now)
      return Object.entries(roles).find(([, count]) => count === 1)?.[0]
    }
    const set = (source: string, roles: ('admin' | 'helpdesk' | 'auditor' | 'user')[]) =>
      database.transaction((tx) => users.setRoles(tx, ada.id, { source, roles, now }))
    expect(await shown()).toBe('user')
    await set('a', ['auditor'])
    expect(await shown()).toBe('auditor')
    await set('b', ['admin', 'user'])
    expect(await shown()).toBe('admin')
    await set('b', ['user'])
    expect(await shown()).toBe('auditor')
    await set('a', [])
    expect(await shown()).toBe('user')
  })

  it('tell the administrators who can sign in', async () => {
    const admin = [{ role: 'admin', source: 'manual' }] as const
    const one = await add({ username: 'one', grants: admin })
    const none = await add({ username: 'none', grants: admin, passwordHash: null })
    const ldap = await add({ username: 'ldap', grants: admin, authProvider: 'ldap', passwordHash: null })
    const gone = await add({ username: 'gone', grants: admin })
    await add({ username: 'user' })
    await change(gone.id, { disabled: { at: now, source: 'manual', reason: null } })
    expect((await users.localAdmins()).map(({ id }) => id)).toEqual([one.id])
    expect((await users.enabledAdmins()).map(({ id }) => id)).toEqual([one.id, none.id, ldap.id])
    expect(await users.countByProvider()).toEqual({ local: 4, oidc: 0, ldap: 1 })
  })

  it('are read inside a transaction as it has changed them', async () => {
    await database.transaction(async (tx) => {
      const { id } = await users.insert(tx, blank, now)
      expect((await users.byName('ada', tx))?.id).toBe(id)
      expect(await users.count(tx)).toBe(1)
      expect(await users.count()).toBe(0)
    })
  })
})
