import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authMethods, type AuthMethod } from '../../../src-main/contract/app'
import {
  applicationDatabases,
  applicationProviders,
  applicationStates,
} from '../../../src-main/contract/application'
import { methodsOf, openWays, type RowFacts } from '../../../src-main/core/application/application-ways'

const row = (facts: Partial<RowFacts>): RowFacts => ({
  ...{
    provider: 'local',
    state: 'enabled',
    admin: false,
    hasPassword: true,
    linked: false,
    storedLdap: false,
  },
  ...facts,
})
const told = (kind: 'timetracker' | 'tududi' | 'vikunja', facts: Partial<RowFacts>, method: AuthMethod) =>
  openWays(kind, row(facts), method).map(({ way, hazard }) => (hazard === null ? way : `${way}: ${hazard}`))

const ldap = { provider: 'ldap', storedLdap: true, hasPassword: false } as const
const oidc = { provider: 'oidc', linked: true, hasPassword: false } as const

describe('TimeTracker', () => {
  it.each([
    ['none', {}, ['name: no-password']],
    ['local', {}, ['password']],
    ['local', { hasPassword: false }, ['claim: claimable']],
    ['local', ldap, ['claim: claimable']],
    ['local', { ...ldap, hasPassword: true }, ['password: provider-ignored']],
    ['both', oidc, ['claim: claimable', 'provider']],
    ['both', { linked: true }, ['password', 'provider']],
    ['oidc', {}, []],
    ['oidc', oidc, ['provider']],
    ['ldap', {}, []],
    ['ldap', ldap, ['directory']],
    ['all', { ...ldap, hasPassword: true }, ['directory']],
    ['all', { hasPassword: false }, ['claim: claimable']],
    ['all', oidc, ['claim: claimable', 'provider']],
    ['none', { state: 'disabled' }, []],
  ] as const)('in %s, %j: %j', (method, facts, ways) => {
    expect(told('timetracker', facts, method)).toEqual(ways)
  })
})

describe('tududi', () => {
  it.each([
    ['local', {}, ['password']],
    ['local', { state: 'unconfirmed' }, []],
    ['both', { state: 'unconfirmed', linked: true }, ['provider']],
    ['oidc', { linked: true }, ['provider']],
    ['local', oidc, []],
  ] as const)('in %s, %j: %j', (method, facts, ways) => {
    expect(told('tududi', facts, method)).toEqual(ways)
  })
})

describe('Vikunja', () => {
  it.each([
    ['local', {}, ['password']],
    ['local', { ...ldap, hasPassword: true }, []],
    ['ldap', {}, ['password: passwords-stay']],
    ['ldap', ldap, ['directory']],
    ['all', ldap, ['directory']],
    ['oidc', oidc, ['provider']],
    ['oidc', {}, []],
    ['all', { state: 'locked' }, []],
  ] as const)('in %s, %j: %j', (method, facts, ways) => {
    expect(told('vikunja', facts, method)).toEqual(ways)
  })
})

it('lets nobody in who is disabled, whatever the application, the mode and the row', () => {
  const facts = fc.record({
    provider: fc.constantFrom(...applicationProviders),
    state: fc.constantFrom(
      ...applicationStates.filter((state) => state === 'disabled' || state === 'locked'),
    ),
    ...{
      admin: fc.boolean(),
      hasPassword: fc.boolean(),
      linked: fc.constant(false),
      storedLdap: fc.boolean(),
    },
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...applicationDatabases),
      fc.constantFrom(...authMethods),
      facts,
      (kind, method, row) => {
        expect(openWays(kind, row, method)).toEqual([])
      },
    ),
  )
})

it('knows each application’s modes', () => {
  expect(methodsOf.timetracker.toSorted()).toEqual([...authMethods].toSorted())
  expect(methodsOf.tududi).not.toContain('ldap')
})
