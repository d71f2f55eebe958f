import { describe, expect, it } from 'vitest'
import type { RunStage } from '../../../src-main/contract/history'
import type { FacetValue, Facets } from '../../../src-main/core/diagnostics/facets'
import { compareRuns } from '../../../src-main/core/history/compare-runs'
import { comparedMetadata } from '../../../src-main/core/oidc/examination-facets'

const stages: RunStage[] = [
  { id: 'config', status: 'passed', code: null, ms: 1 },
  { id: 'bind', status: 'passed', code: null, ms: 20 },
]

const shared = {
  'addresses.resolved': ['192.0.2.1', '192.0.2.2'],
  'addresses.answered': '192.0.2.1',
  'tls.protocol': 'TLSv1.3',
  'tls.cipher': 'TLS_AES_256_GCM_SHA384',
  'tls.trustedBy': 'system',
  'tls.verdict': null,
  'certificate.fingerprint': 'AA:BB',
  'certificate.subject': 'CN=dir.example.test',
  'certificate.issuer': 'CN=Example CA',
  'certificate.names': ['DNS:dir.example.test'],
  'certificate.validFrom': '2025-01-01T00:00:00.000Z',
  'certificate.validTo': '2026-01-01T00:00:00.000Z',
  'chain.certificates': ['CN=Example CA (CC:DD…)'],
  'clock.offset': { seconds: 0.2, uncertainty: 0.6 },
} satisfies Facets

const ldap = {
  ...shared,
  'settings.LDAP_HOST': 'dir.example.test',
  'settings.LDAP_BIND_DN': 'cn=svc,dc=example,dc=test',
  'settings.LDAP_BIND_PASSWORD': { set: true, mark: 'key1:aaaa' },
  'settings.LDAP_TIMEOUT': null,
  'tls.expectedName': 'dir.example.test',
  'chain.root': 'CN=Root',
  'chain.missing': null,
  'rootdse.kind': 'openldap',
  'rootdse.product': 'OpenLDAP',
  'rootdse.namingContexts': ['dc=example,dc=test'],
  'rootdse.defaultNamingContext': null,
  'rootdse.controls': ['1.2.840.113556.1.4.319'],
  'rootdse.extensions': ['1.3.6.1.4.1.1466.20037'],
  'rootdse.mechanisms': ['EXTERNAL'],
  'rootdse.versions': ['3'],
  'bind.identity': 'cn=svc,dc=example,dc=test',
  'bind.graceSignIns': null,
  'bind.passwordExpires': null,
  'counts.people': { count: 12, whole: true },
  'counts.groups': { count: 2, whole: true },
  'groups.required': 'cn=staff,dc=example,dc=test',
  'groups.roles': ['admin: cn=admins,dc=example,dc=test'],
} satisfies Facets

const oidc: Facets = {
  ...shared,
  'settings.OIDC_ISSUER': 'https://id.example.test',
  'settings.OIDC_CLIENT_SECRET': { set: true, mark: null },
  'keys.signing': ['k1 RSA RS256 sig'],
  'client.method': 'client_secret_basic',
  'client.client': 'passed',
  'client.redirect': 'passed',
  'client.pkce': 'passed',
  'metadata.product': 'keycloak',
  ...Object.fromEntries(
    comparedMetadata.map((name) => [
      `metadata.${name}`,
      name.endsWith('_supported') ? ['a', 'b'] : `https://id.example.test/${name}`,
    ]),
  ),
}

function altered(value: FacetValue): FacetValue {
  if (value === null) return 'something'
  if (typeof value === 'string') return `${value}-other`
  if (Array.isArray(value)) return [...value, 'one more']
  if ('set' in value) return { ...value, set: !value.set, mark: null }
  if ('count' in value) return { ...value, count: value.count + 1 }
  return { ...value, seconds: value.seconds + 30 }
}

const compared = (before: Facets, after: Facets) =>
  compareRuns({ stages, facets: before }, { stages, facets: after })

describe.each([
  ['the directory', ldap as Facets],
  ['a provider', oidc],
])('of two tests of %s', (_, facets) => {
  it('has at least 25 facets', () => {
    expect(Object.keys(facets).length).toBeGreaterThanOrEqual(25)
  })

  it('equal ones are no different, in whatever order their lists come', () => {
    const turned = Object.entries(facets).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.toReversed() : value,
    ])
    expect(compared(facets, Object.fromEntries(turned) as Facets)).toEqual({
      changes: [],
      stages: [],
      unseen: [],
    })
  })

  it.each(Object.keys(facets))('another %s is named, and nothing beside it', (name) => {
    const after = { ...facets, [name]: altered(facets[name] ?? null) }
    for (const { changes, stages: ended, unseen } of [compared(facets, after), compared(after, facets)]) {
      expect(changes.map(({ facet }) => facet)).toEqual([name])
      expect([ended, unseen]).toEqual([[], []])
    }
  })

  it.each(Object.keys(facets))('%s that only one of them saw is no difference', (name) => {
    const after = Object.fromEntries(Object.entries(facets).filter(([each]) => each !== name))
    expect(compared(facets, after)).toEqual({ changes: [], stages: [], unseen: [name] })
  })
})

const changesOf = (name: string, before: FacetValue, after: FacetValue) =>
  compared({ [name]: before }, { [name]: after }).changes.length

describe('what is no difference', () => {
  it.each([
    [10_000, 10_100, 0],
    [10_000, 10_101, 1],
    [10_000, 9899, 1],
    [99, 100, 1],
    [1, 0, 1],
    [0, 1, 1],
    [0, 0, 0],
  ])('%i people and then %i: %i', (before, after, count) => {
    const people = (number: number) => ({ count: number, whole: true })
    expect(changesOf('counts.people', people(before), people(after))).toBe(count)
  })

  it.each([
    [{ count: 500, whole: false }, { count: 500, whole: false }, 0],
    [{ count: 500, whole: false }, { count: 900, whole: true }, 0],
    [{ count: 500, whole: false }, { count: 499, whole: true }, 1],
    [{ count: 12, whole: true }, { count: 500, whole: false }, 1],
  ])('%o and then %o: %i', (before, after, count) => {
    expect(changesOf('counts.people', before, after)).toBe(count)
  })

  it.each([
    [0, 5, 0],
    [0, 5.9, 0],
    [0, 6.1, 1],
    [-3, 3.1, 1],
  ])('a clock that is off by %d and then by %d s, both ± 0.5 s: %i', (before, after, count) => {
    const clock = (seconds: number) => ({ seconds, uncertainty: 0.5 })
    expect(changesOf('clock.offset', clock(before), clock(after))).toBe(count)
  })

  it.each([
    ['k1:aa', 'k1:aa', 0],
    ['k1:aa', 'k1:bb', 1],
    ['k1:aa', 'k2:bb', 0],
    ['k1:aa', null, 0],
    [null, null, 0],
  ])('a secret’s mark %s and then %s: %i', (before, after, count) => {
    const secret = (mark: string | null) => ({ set: true, mark })
    expect(changesOf('settings.LDAP_BIND_PASSWORD', secret(before), secret(after))).toBe(count)
  })
})

describe('what is named', () => {
  it('of a list is what came and what went', () => {
    const { changes } = compared({ 'keys.signing': ['a', 'b'] }, { 'keys.signing': ['b', 'c'] })
    expect(changes).toMatchObject([{ added: ['c'], removed: ['a'] }])
  })

  it('is the setting, not what only repeats it', () => {
    const dn = 'cn=other,dc=example,dc=test'
    const after = { ...ldap, 'settings.LDAP_BIND_DN': dn, 'bind.identity': dn }
    expect(compared(ldap, after).changes.map(({ facet }) => facet)).toEqual(['settings.LDAP_BIND_DN'])
  })

  it('is a stage that ended otherwise, not one that took longer', () => {
    const [config, bind] = stages
    if (!config || !bind) throw new Error('no stages')
    const failed: RunStage = { ...bind, status: 'failed', code: 'LDAP_BIND_CREDENTIALS' }
    const after = [{ ...config, ms: 900 }, failed]
    const { stages: ended } = compareRuns({ stages, facets: {} }, { stages: after, facets: {} })
    expect(ended).toEqual([{ id: 'bind', before: bind, after: failed }])
  })
})
