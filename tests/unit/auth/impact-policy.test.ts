import { describe, expect, it } from 'vitest'
import { authMethods, authProviders, type AuthMethod } from '../../../src-main/contract/app'
import { roles } from '../../../src-main/contract/permissions'
import { impactOf, wayIn, type Mode, type WayFacts } from '../../../src-main/core/auth/impact-policy'
import { classOf, factsOfClass } from '../../../src-main/core/auth/impact-store'

const flags = [false, true]
const everyone: WayFacts[] = authProviders.flatMap((provider) =>
  roles.flatMap((role) =>
    flags.flatMap((disabled) =>
      flags.flatMap((hasPassword) =>
        flags.flatMap((ldapIdentity) =>
          flags.flatMap((oidcIdentity) =>
            flags.map((anyIdentity) => ({
              ...{ provider, role, disabled, hasPassword, ldapIdentity, oidcIdentity, anyIdentity },
            })),
          ),
        ),
      ),
    ),
  ),
)
const mode = (method: AuthMethod | null, providers = true): Mode => ({ method, providers })
const person = (change: Partial<WayFacts>): WayFacts => ({
  ...{ provider: 'local', role: 'user', disabled: false, hasPassword: true },
  ...{ ldapIdentity: false, oidcIdentity: false, anyIdentity: false, ...change },
})

describe('a way in', () => {
  it.each([
    ['a local account', person({}), ['none', 'local', 'both', 'all']],
    ['a local account without a password', person({ hasPassword: false }), ['none']],
    [
      'a local account with a linked provider',
      person({ oidcIdentity: true, anyIdentity: true }),
      ['none', 'local', 'oidc', 'both', 'all'],
    ],
    [
      'a directory account',
      person({ provider: 'ldap', hasPassword: false, ldapIdentity: true, anyIdentity: true }),
      ['none', 'ldap', 'all'],
    ],
    [
      'a directory account that waits for its first sign-in',
      person({ provider: 'ldap', hasPassword: false }),
      ['none', 'ldap', 'all'],
    ],
    [
      'one with a console role that waits, which an administrator must link',
      person({ provider: 'ldap', hasPassword: false, role: 'auditor' }),
      ['none'],
    ],
    [
      'a provider’s account',
      person({ provider: 'oidc', hasPassword: false, oidcIdentity: true, anyIdentity: true }),
      ['none', 'oidc', 'both', 'all'],
    ],
    [
      'an account of a provider that is no longer configured',
      person({ provider: 'oidc', hasPassword: false, anyIdentity: true }),
      ['none'],
    ],
    ['a disabled account', person({ disabled: true, oidcIdentity: true, ldapIdentity: true }), []],
  ])('of %s', (_, facts, open) => {
    expect(authMethods.filter((method) => wayIn(facts, mode(method)).open)).toEqual(
      authMethods.filter((method) => open.includes(method)),
    )
  })

  it('through a provider needs one that is configured', () => {
    const facts = person({ provider: 'oidc', hasPassword: false, oidcIdentity: true, anyIdentity: true })
    expect(wayIn(facts, mode('oidc', false))).toEqual({ open: false, code: 'OIDC_CONFIG_INVALID' })
  })

  it('is never there for a disabled account, and never while the settings are invalid', () => {
    for (const facts of everyone) {
      if (facts.disabled)
        for (const method of authMethods) expect(wayIn(facts, mode(method)).open).toBe(false)
      expect(wayIn(facts, mode(null)).open).toBe(false)
    }
  })
})

describe('the impact of another mode', () => {
  it('is one of four, and its code says why there is no way after it', () => {
    for (const facts of everyone)
      for (const from of authMethods)
        for (const to of authMethods) {
          const { change, code } = impactOf(facts, mode(from), mode(to))
          const [before, after] = [wayIn(facts, mode(from)).open, wayIn(facts, mode(to)).open]
          expect(change).toBe(before ? (after ? 'keep' : 'lose') : after ? 'gain' : 'without')
          expect(code === null).toBe(after)
          expect(code).not.toBe('INTERNAL')
        }
  })
})

it('an account’s class is one number and comes back from it', () => {
  expect(new Set(everyone.map(classOf)).size).toBe(everyone.length)
  for (const facts of everyone) expect(factsOfClass(classOf(facts))).toEqual(facts)
})
