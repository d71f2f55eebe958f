import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  planEntry,
  syncSource,
  type SyncAccount,
  type SyncEntry,
  type SyncFacts,
} from '../../../src-main/core/sync/sync-plan'

const ada: SyncEntry = {
  dn: 'uid=ada,ou=people,dc=example,dc=org',
  entryId: '5a1e',
  username: 'ada',
  email: 'ada@example.org',
  fullName: 'Ada Lovelace',
  roles: null,
  lock: null,
}
const account: SyncAccount = {
  id: 'a1',
  provider: 'ldap',
  consoleRole: false,
  identityKinds: ['ldap'],
  email: 'ada@example.org',
  fullName: 'Ada Lovelace',
  disabledBy: null,
  directoryRoles: [],
}
const nobody: SyncFacts = { owner: null, named: null, sameEmail: [], twins: [], email: 'reviewed' }
const owned = (change: Partial<SyncAccount> = {}): SyncFacts => {
  const owner = { ...account, ...change }
  return { ...nobody, owner, named: owner, sameEmail: [owner] }
}
const local: SyncAccount = { ...account, id: 'l1', provider: 'local', identityKinds: [] }
const waiting: SyncAccount = { ...account, id: 'w1', identityKinds: [] }

describe('an entry whose identity is known', () => {
  it('changes nothing where nothing changed, whatever the case of its address', () => {
    expect(planEntry({ ...ada, email: 'Ada@Example.org' }, owned())).toEqual({
      ...{ dn: ada.dn, action: 'unchanged', code: null, accountId: 'a1', changes: [] },
    })
  })

  it('keeps its account when it is renamed and moved', () => {
    const moved = { ...ada, dn: 'uid=countess,ou=alumni,dc=example,dc=org', username: 'countess' }
    expect(planEntry(moved, { ...owned(), named: null })).toMatchObject({
      action: 'unchanged',
      accountId: 'a1',
    })
  })

  it('is updated field by field', () => {
    const entry = { ...ada, email: 'al@example.org', fullName: 'Ada King', roles: ['helpdesk'] as const }
    expect(planEntry(entry, { ...owned(), sameEmail: [] })).toMatchObject({
      action: 'update',
      changes: [
        { field: 'email', before: 'ada@example.org', after: 'al@example.org' },
        { field: 'fullName', before: 'Ada Lovelace', after: 'Ada King' },
        { field: 'roles', before: null, after: 'helpdesk' },
      ],
    })
  })

  it.each([
    ['another account', { sameEmail: [{ ...local }] }],
    ['another entry', { sameEmail: [], twins: ['email' as const] }],
  ])('leaves an address that %s has, and takes the rest', (_who, facts) => {
    const entry = { ...ada, email: 'taken@example.org', fullName: 'Ada King' }
    const planned = planEntry(entry, { ...owned(), ...facts })
    expect(planned).toMatchObject({ action: 'update', code: 'CONFLICT' })
    expect(planned.changes.map(({ field }) => field)).toEqual(['fullName'])
  })

  it('takes absent values for no answer, not for empty ones', () => {
    const facts = owned({ directoryRoles: ['helpdesk'] })
    expect(planEntry({ ...ada, email: null, fullName: null, roles: null }, facts).action).toBe('unchanged')
  })

  it('loses the roles of groups that were read and no longer hold it', () => {
    const planned = planEntry({ ...ada, roles: [] }, owned({ directoryRoles: ['helpdesk'] }))
    expect(planned.changes).toEqual([{ field: 'roles', before: 'helpdesk', after: null }])
  })

  it.each([
    ['LDAP_USER_DISABLED', null, 'disable'],
    ['LDAP_USER_EXPIRED', null, 'disable'],
    ['LDAP_USER_DISABLED', syncSource, 'unchanged'],
    ['LDAP_USER_DISABLED', 'manual', 'unchanged'],
    [null, syncSource, 'enable'],
    [null, 'manual', 'unchanged'],
    [null, null, 'unchanged'],
  ] as const)('locked in the directory: %s, disabled here by: %s → %s', (lock, disabledBy, action) => {
    expect(planEntry({ ...ada, lock }, owned({ disabledBy })).action).toBe(action)
  })
})

describe('an entry that nobody has yet', () => {
  it('becomes an account', () => {
    expect(planEntry({ ...ada, roles: ['auditor'] }, nobody)).toMatchObject({
      action: 'create',
      accountId: null,
      changes: [
        { field: 'email', after: 'ada@example.org' },
        { field: 'fullName', after: 'Ada Lovelace' },
        { field: 'roles', after: 'auditor' },
      ],
    })
  })

  it.each([
    ['no identity', { entry: { entryId: '' }, facts: {} }, 'INVALID_INPUT'],
    ['no login', { entry: { username: ' \u200b' }, facts: {} }, 'INVALID_INPUT'],
    ['no e-mail', { entry: { email: null }, facts: {} }, 'LDAP_USER_NO_EMAIL'],
    ['an e-mail of two accounts', { entry: {}, facts: { sameEmail: [local, waiting] } }, 'CONFLICT'],
    ['an e-mail of two entries', { entry: {}, facts: { twins: ['email'] } }, 'CONFLICT'],
    ['a name that is taken', { entry: {}, facts: { named: local } }, 'NAME_TAKEN'],
    ['a reserved name', { entry: {}, facts: { named: 'reserved' } }, 'NAME_RESERVED'],
    ['a lock', { entry: { lock: 'LDAP_USER_DISABLED' }, facts: {} }, 'LDAP_USER_DISABLED'],
  ] as const)('is skipped for %s', (_why, { entry, facts }, code) => {
    const planned = planEntry({ ...ada, ...entry }, { ...nobody, ...facts })
    expect(planned).toMatchObject({ action: 'skip', code, accountId: null, changes: [] })
  })

  it.each([
    ['the name waits for it', { named: waiting }, 'w1'],
    ['it alone has the e-mail', { sameEmail: [local] }, 'l1'],
    ['it has name and e-mail', { named: local, sameEmail: [local] }, 'l1'],
  ])('is linked with an account where %s', (_why, facts, accountId) => {
    expect(planEntry(ada, { ...nobody, ...facts })).toMatchObject({ action: 'link', accountId })
  })

  it.each([
    ['created anew under its old name', { named: account }, 'LINK_CONFLICT'],
    ['created anew with its old e-mail', { sameEmail: [account] }, 'LINK_CONFLICT'],
    ['the identity of two entries', { twins: ['identity'] }, 'LINK_CONFLICT'],
    ['with the login of two entries', { twins: ['username'] }, 'NAME_TAKEN'],
    ['an administrator’s', { named: { ...waiting, consoleRole: true } }, 'LINK_PENDING'],
    ['an administrator’s by e-mail', { sameEmail: [{ ...local, consoleRole: true }] }, 'LINK_PENDING'],
    ['by an address that nobody vouches for', { sameEmail: [local], email: 'untrusted' }, 'LINK_PENDING'],
    ['a disabled account’s', { named: { ...waiting, disabledBy: 'manual' } }, 'ACCOUNT_DISABLED'],
  ] as const)('is a conflict: %s', (_why, facts, code) => {
    expect(planEntry(ada, { ...nobody, ...facts })).toMatchObject({ action: 'conflict', code, changes: [] })
  })
})

const accounts = fc.record<SyncAccount>({
  id: fc.constantFrom('1', '2', '3'),
  provider: fc.constantFrom('local', 'ldap', 'oidc'),
  consoleRole: fc.boolean(),
  identityKinds: fc.subarray(['oidc', 'ldap']),
  email: fc.constantFrom(null, 'ada@example.org', 'b@example.org'),
  fullName: fc.constantFrom(null, 'Ada Lovelace', 'B'),
  disabledBy: fc.constantFrom(null, syncSource, 'manual'),
  directoryRoles: fc.subarray(['admin', 'helpdesk', 'auditor']),
})
const entries = fc.record<SyncEntry>({
  dn: fc.constant(ada.dn),
  entryId: fc.constantFrom('', '5a1e'),
  username: fc.constantFrom('', 'ada'),
  email: fc.constantFrom(null, 'ada@example.org', 'b@example.org'),
  fullName: fc.constantFrom(null, 'Ada Lovelace', 'B'),
  roles: fc.option(fc.subarray(['admin', 'helpdesk', 'auditor'])),
  lock: fc.constantFrom(null, 'LDAP_USER_DISABLED', 'LDAP_USER_EXPIRED'),
})
const facts = fc.record<SyncFacts>({
  owner: fc.option(accounts),
  named: fc.option(fc.oneof(accounts, fc.constant('reserved' as const))),
  sameEmail: fc.uniqueArray(accounts, { maxLength: 3, selector: ({ id }) => id }),
  twins: fc.subarray(['identity', 'username', 'email']),
  email: fc.constantFrom('trusted', 'reviewed', 'untrusted'),
})

describe('whatever is read and whatever there is', () => {
  it('an account changes hands only where nobody in the directory has it and it has no console role', () => {
    fc.assert(
      fc.property(entries, facts, (entry, known) => {
        const planned = planEntry(entry, known)
        if (planned.action !== 'link') return
        const named = known.named === 'reserved' ? null : known.named
        const [taken] = [named, ...known.sameEmail].filter((each) => each?.id === planned.accountId)
        expect(taken).toMatchObject({ consoleRole: false, disabledBy: null })
        expect(taken?.identityKinds).not.toContain('ldap')
      }),
    )
  })

  it('a disablement by hand stays, and nothing is disabled without a lock', () => {
    fc.assert(
      fc.property(entries, facts, (entry, known) => {
        const { action } = planEntry(entry, known)
        if (action === 'enable') expect(known.owner?.disabledBy).toBe(syncSource)
        if (action === 'disable') expect(entry.lock).not.toBeNull()
      }),
    )
  })

  it('nothing is said to change that stays the same, and only these four change fields', () => {
    fc.assert(
      fc.property(entries, facts, (entry, known) => {
        const { action, changes } = planEntry(entry, known)
        for (const { before, after } of changes) expect(before).not.toBe(after)
        if (['skip', 'conflict', 'unchanged'].includes(action)) expect(changes).toEqual([])
        if (action === 'update') expect(changes).not.toEqual([])
      }),
    )
  })

  it('what was applied is unchanged the next time', () => {
    fc.assert(
      fc.property(entries, accounts, (entry, owner) => {
        const alone = { ...nobody, owner }
        const first = planEntry(entry, alone)
        if (first.accountId === null) return
        const to = Object.fromEntries(first.changes.map(({ field, after }) => [field, after]))
        const disabledBy = { disable: syncSource, enable: null }[first.action as string] ?? owner.disabledBy
        const applied: SyncAccount = {
          ...owner,
          ...('email' in to ? { email: to.email ?? null } : {}),
          ...('fullName' in to ? { fullName: to.fullName ?? null } : {}),
          ...('roles' in to ? { directoryRoles: entry.roles ?? [] } : {}),
          disabledBy: first.action === 'enable' ? null : disabledBy,
        }
        expect(planEntry(entry, { ...nobody, owner: applied }).action).toBe('unchanged')
      }),
    )
  })
})
