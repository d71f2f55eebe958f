import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authMethods, authProviders } from '../../../src-main/contract/app'
import { codes, type Code } from '../../../src-main/contract/errors'
import {
  decideSignIn,
  type AccountFacts,
  type DirectoryAnswer,
  type EntryAnswer,
  type SignInFacts,
} from '../../../src-main/core/sign-in/sign-in-policy'

const refusals: readonly Code[] = codes.filter((code) => code.startsWith('LDAP_USER_'))
const account: fc.Arbitrary<AccountFacts | null> = fc.option(
  fc.record({ provider: fc.constantFrom(...authProviders), disabled: fc.boolean(), admin: fc.boolean() }),
)
const outage = fc.constant({ kind: 'outage', code: 'LDAP_UNAVAILABLE' } as const)
const directory: fc.Arbitrary<DirectoryAnswer> = fc.oneof(
  fc.constant({ kind: 'yes' } as const),
  fc.constant({ kind: 'unknown' } as const),
  fc.constantFrom(...refusals).map((code) => ({ kind: 'no', code }) as const),
  outage,
)
const entry: fc.Arbitrary<EntryAnswer> = fc.oneof(
  fc
    .constantFrom('linked' as const, 'linkable' as const, 'foreign' as const, 'none' as const)
    .map((kind) => ({ kind })),
  outage,
)
/** Everything there is to know, of which any part may not have been asked yet. */
const facts: fc.Arbitrary<SignInFacts> = fc.record(
  {
    method: fc.option(fc.constantFrom(...authMethods)),
    way: fc.constantFrom('form', 'break-glass'),
    blankPassword: fc.boolean(),
    limited: fc.boolean(),
    account,
    hashMatches: fc.boolean(),
    entry,
    directory,
  },
  { requiredKeys: ['method', 'way', 'blankPassword'] },
)

const holds = (test: (given: SignInFacts) => void) => {
  fc.assert(fc.property(facts, test), { numRuns: 5000 })
}

describe('whatever is known', () => {
  it('nobody is let in whose account is disabled, who must wait, or who typed nothing where a password is asked', () => {
    holds((given) => {
      if (!('allow' in decideSignIn(given))) return
      expect([given.account?.disabled ?? false, given.limited]).toEqual([false, false])
      if (given.method !== 'none' || given.way === 'break-glass') expect(given.blankPassword).toBe(false)
    })
  })

  it('an account is let in only by its own password or the directory’s word', () => {
    holds((given) => {
      const step = decideSignIn(given)
      if (!('allow' in step)) return
      if (step.allow === 'account')
        expect([given.hashMatches, given.account?.provider]).toEqual([true, 'local'])
      if (step.allow === 'directory') expect(given.directory?.kind).toBe('yes')
      if (step.allow === 'unverified') expect(given.method).toBe('none')
    })
  })

  it('an outage is told as one, and never as a wrong password', () => {
    holds((given) => {
      const step = decideSignIn(given)
      if (!('refuse' in step) || step.refuse !== 'SIGN_IN_REFUSED') return
      const asked = Object.fromEntries(
        Object.entries(given).filter(([name]) => name !== 'directory' && name !== 'entry'),
      ) as unknown as SignInFacts
      const before = decideSignIn(asked)
      if ('ask' in before && before.ask === 'directory') expect(given.directory?.kind).not.toBe('outage')
      if ('ask' in before && before.ask === 'entry') expect(given.entry?.kind).not.toBe('outage')
    })
  })

  it('a question is asked only while it has no answer, so that every sign-in comes to an end', () => {
    holds((given) => {
      const step = decideSignIn(given)
      if (!('ask' in step)) return
      const answer = { limit: 'limited', account: 'account', hash: 'hashMatches' } as const
      const key = step.ask in answer ? answer[step.ask as keyof typeof answer] : step.ask
      expect(given[key as keyof SignInFacts]).toBeUndefined()
    })
  })

  it('a stored hash is verified, and the directory told a password, only where both may be', () => {
    holds((given) => {
      const step = decideSignIn(given)
      if (!('ask' in step)) return
      if (step.ask === 'hash') expect(given.account?.provider).toBe('local')
      if (step.ask === 'directory' || step.ask === 'entry') {
        expect([given.way, given.account?.provider === 'oidc' && given.method === 'all']).toEqual([
          'form',
          false,
        ])
        expect(['ldap', 'all']).toContain(given.method)
      }
    })
  })
})
