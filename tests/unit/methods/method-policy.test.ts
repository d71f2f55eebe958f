import { describe, expect, it } from 'vitest'
import { authMethods } from '../../../src-main/contract/app'
import { modeTable } from '../../../src-main/core/auth/mode-table'
import { methodsContract } from '../../../src-main/contract/methods'
import type { Stage } from '../../../src-main/contract/stages'
import {
  isOn,
  methodsOf,
  missingForLdap,
  type MethodFacts,
} from '../../../src-main/core/methods/method-policy'
import { createReachability } from '../../../src-main/core/methods/reachability'
import { bindPassword, ldap, load } from '../settings/load'

describe('a way to sign in', () => {
  it.each([
    ['local', ['none', 'local', 'both', 'all']],
    ['ldap', ['ldap', 'all']],
    ['oidc', ['oidc', 'both', 'all']],
  ] as const)('%s is on in exactly these modes', (provider, modes) => {
    expect(authMethods.filter((method) => isOn(provider, method)).toSorted()).toEqual([...modes].toSorted())
    expect(isOn(provider, null)).toBe(false)
  })
})

const everything = `${ldap.replace('ldap\n', 'all\n')}
OIDC_PROVIDER_1_NAME=One
OIDC_PROVIDER_1_SLUG=one
OIDC_PROVIDER_1_ISSUER=https://one.example.org
OIDC_PROVIDER_1_CLIENT_ID=desk
OIDC_PROVIDER_2_NAME=Two
OIDC_PROVIDER_2_SLUG=two
OIDC_PROVIDER_2_ISSUER=https://two.example.org
OIDC_PROVIDER_2_CLIENT_ID=desk
`
const at = new Date('2025-03-01T09:00:00.000Z')

function facts(other: Partial<MethodFacts> = {}): MethodFacts {
  return {
    settings: load(everything, bindPassword),
    accounts: () => 0,
    seen: () => ({ success: null, failure: null }),
    reached: () => null,
    ...other,
  }
}

describe('the list of methods', () => {
  it('has Local, the directory and every provider, in this order', () => {
    const found = methodsOf(facts())
    expect(found.map(({ provider, slug, name }) => [provider, slug, name])).toEqual([
      ['local', null, 'Local'],
      ['ldap', null, 'ldap.example.org'],
      ['oidc', 'one', 'One'],
      ['oidc', 'two', 'Two'],
    ])
    expect(found.map(({ on, configured }) => [on, configured])).toEqual(
      Array.from({ length: 4 }, () => [true, true]),
    )
  })

  it('tells the providers’ accounts, last sign-ins and reachability apart', () => {
    const counts = new Map([
      ['local', 3],
      ['ldap', 5],
      ['https://one.example.org', 7],
    ])
    const found = methodsOf(
      facts({
        accounts: (provider, issuer) => counts.get(issuer ?? provider) ?? 0,
        seen: (provider, slug) => ({
          success: slug === 'one' ? at : null,
          failure: provider === 'ldap' ? { at, code: 'LDAP_USER_PASSWORD' } : null,
        }),
        reached: (target) =>
          target === 'two' ? { ok: false, at: at.toISOString(), code: 'OIDC_TIMEOUT' } : null,
      }),
    )
    expect(found.map((method) => method.accounts)).toEqual([3, 5, 7, 0])
    expect(found.map((method) => method.lastSuccess)).toEqual([null, null, at.toISOString(), null])
    expect(found.map((method) => method.lastFailure?.code)).toEqual([
      ...[undefined, 'LDAP_USER_PASSWORD', undefined, undefined],
    ])
    expect(found.map((method) => method.reachable?.code)).toEqual([
      undefined,
      undefined,
      undefined,
      'OIDC_TIMEOUT',
    ])
  })

  it('is what the contract lets through', () => {
    const methods = methodsOf(facts())
    const answer = { method: 'all', methods, modes: modeTable() }
    expect(methodsContract.status.output.parse(answer)).toEqual(answer)
  })

  it('shows providers as off in a mode without them, and while OIDC is switched off', () => {
    const on = (settings: string) =>
      methodsOf(facts({ settings: load(settings, bindPassword) })).map((each) => each.on)
    expect(on(everything.replace('=all', '=local'))).toEqual([true, false, false, false])
    expect(on(everything.replace('=all', '=ldap'))).toEqual([false, true, false, false])
    expect(on(`${everything}OIDC_ENABLED=false`)).toEqual([true, true, false, false])
  })

  it('names what the directory lacks', () => {
    const { ldap: complete } = load(everything, bindPassword)
    expect(missingForLdap(complete)).toEqual([])
    const nothing = { ...complete, servers: [], baseDn: '', bindDn: null, bindPassword: null }
    expect(missingForLdap(nothing)).toEqual([
      'LDAP_HOST',
      'LDAP_BASE_DN',
      'LDAP_BIND_DN',
      'LDAP_BIND_PASSWORD',
    ])
    expect(missingForLdap({ ...nothing, allowAnonymous: true })).toEqual(['LDAP_HOST', 'LDAP_BASE_DN'])
    const [, directory] = methodsOf(
      facts({ settings: { ...load(everything), ldap: { ...complete, baseDn: '' } } }),
    )
    expect(directory).toMatchObject({ configured: false, missing: ['LDAP_BASE_DN'] })
  })
})

describe('reachability', () => {
  const stage = (id: string, status: Stage['status'], code: Stage['code'] = null): Stage => ({
    ...{ id, status, code, ms: 1, summary: 's', detail: [], next: null },
  })

  it('is unknown until something was tested in this run', () => {
    expect(createReachability({ now: () => at }).of('ldap')).toBeNull()
  })

  it('is the first failed stage of the last test; a warning or a skipped stage is no failure', () => {
    const reachability = createReachability({ now: () => at })
    reachability.saw('ldap', [
      stage('config', 'passed'),
      stage('tls', 'warning', 'LDAP_TLS_WEAK'),
      stage('bind', 'failed', 'LDAP_BIND_CREDENTIALS'),
      stage('base', 'failed', 'LDAP_BASE_NOT_FOUND'),
      stage('users', 'skipped'),
    ])
    expect(reachability.of('ldap')).toEqual({
      ok: false,
      at: at.toISOString(),
      code: 'LDAP_BIND_CREDENTIALS',
    })
    reachability.saw('ldap', [stage('tls', 'warning', 'LDAP_TLS_WEAK'), stage('users', 'skipped')])
    expect(reachability.of('ldap')).toEqual({ ok: true, at: at.toISOString(), code: null })
    expect(reachability.of('one')).toBeNull()
  })
})
