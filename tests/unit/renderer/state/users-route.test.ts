import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authProviders } from '../../../../src-main/contract/app'
import { roles } from '../../../../src-main/contract/permissions'
import { accountStates, userSorts } from '../../../../src-main/contract/users'
import {
  parseUsersRoute,
  sortedBy,
  toggled,
  usersAddress,
  userTabs,
} from '../../../../src-renderer/state/users-route'

const plain = parseUsersRoute('')

describe('the accounts page’s address', () => {
  it('is plain for the plain page', () => {
    expect(usersAddress(plain)).toBe('/users')
  })

  it('reads filters, sort, account and tab', () => {
    const route = parseUsersRoute('search=ada&provider=ldap,oidc&state=locked&sort=-email&user=7&tab=audit')
    expect(route).toEqual({
      search: 'ada',
      providers: ['oidc', 'ldap'],
      roles: [],
      states: ['locked'],
      sort: { by: 'email', direction: 'desc' },
      user: '7',
      tab: 'audit',
      focus: false,
    })
  })

  it('ignores what it does not know', () => {
    expect(parseUsersRoute('provider=saml&role=root&state=&sort=password&tab=x&other=1')).toEqual(plain)
  })

  it('cuts a search at what the contract takes', () => {
    expect(parseUsersRoute(`search=${'a'.repeat(300)}`).search).toHaveLength(200)
  })

  it('comes back from the address as it went in', () => {
    const route = fc.record({
      search: fc.string({ maxLength: 40 }).map((text) => text.trim()),
      providers: fc.subarray([...authProviders]),
      roles: fc.subarray([...roles]),
      states: fc.subarray([...accountStates]),
      sort: fc.record({
        by: fc.constantFrom(...userSorts),
        direction: fc.constantFrom('asc' as const, 'desc' as const),
      }),
      user: fc.option(fc.string({ minLength: 1 })),
      tab: fc.constantFrom(...userTabs),
      focus: fc.boolean(),
    })
    fc.assert(
      fc.property(route, (given) => {
        const search = usersAddress(given).split('?').slice(1).join('?')
        const tab = given.user === null ? 'account' : given.tab
        expect(parseUsersRoute(search)).toEqual({ ...given, tab, focus: given.user !== null && given.focus })
      }),
    )
  })
})

describe('toggled', () => {
  it('adds and takes away', () => {
    expect(toggled(['ldap'], 'oidc')).toEqual(['ldap', 'oidc'])
    expect(toggled(['ldap', 'oidc'], 'ldap')).toEqual(['oidc'])
  })
})

describe('sortedBy', () => {
  it('turns the same column round and starts another one', () => {
    expect(sortedBy({ by: 'username', direction: 'asc' }, 'username').direction).toBe('desc')
    expect(sortedBy({ by: 'username', direction: 'desc' }, 'email')).toEqual({
      by: 'email',
      direction: 'asc',
    })
  })

  it('starts times with the newest', () => {
    expect(sortedBy({ by: 'username', direction: 'asc' }, 'lastSignIn').direction).toBe('desc')
  })
})
