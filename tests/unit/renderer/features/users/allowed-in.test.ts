import { describe, expect, it } from 'vitest'
import { authMethods, authProviders } from '../../../../../src-main/contract/app'
import { allowedIn } from '../../../../../src-renderer/features/users/allowed-in'

describe('allowedIn', () => {
  it('says for each mode whose accounts it lets in', () => {
    const table = authMethods.map((method) => [
      method,
      authProviders.filter((provider) => allowedIn(method, provider)),
    ])
    expect(Object.fromEntries(table)).toEqual({
      none: ['local', 'oidc', 'ldap'],
      local: ['local'],
      oidc: ['oidc'],
      ldap: ['ldap'],
      both: ['local', 'oidc'],
      all: ['local', 'oidc', 'ldap'],
    })
  })
})
