import { describe, expect, it } from 'vitest'
import type { Code } from '../../../src-main/contract/errors'
import type { OidcReport } from '../../../src-main/contract/oidc'
import { oidcSymptoms, symptomAnswerSchema, type OidcSymptom } from '../../../src-main/contract/oidc-symptoms'
import type { Stage } from '../../../src-main/contract/stages'
import type { OidcSettings, Settings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import type { SymptomFacts, SymptomPerson } from '../../../src-main/core/oidc/symptoms/symptom-facts'
import { explainSymptom, symptomViews } from '../../../src-main/core/oidc/symptoms/symptoms'
import { symptomsFor } from '../../../src-main/hosts/cli/symptom-search'
import { oidcSettings } from '../../support/oidc-fake-settings'

const t = createTexts()
const whole = oidcSettings({ slug: 'example', name: 'Example', adminGroup: 'desk-admins' })

interface Case {
  readonly provider?: Partial<OidcSettings>
  readonly settings?: Partial<Settings>
  readonly stages?: readonly Partial<Stage>[]
  readonly person?: Partial<SymptomPerson> | 'unknown'
  readonly named?: string
}

const stage = (changes: Partial<Stage>): Stage => ({
  ...{ id: 'config', status: 'passed', code: null, ms: 1, summary: 'It is well.', detail: [], next: null },
  ...changes,
})
const signOut = { label: t('oidc.label.end_session_endpoint'), value: 'https://idp.example.org/out' }
const well = [
  'config',
  'dns',
  'tcp',
  'tls',
  'discovery',
  'issuer',
  'jwks',
  'client',
  'redirect',
  'clock',
].map((id) => stage({ id }))

function look(symptom: OidcSymptom, { provider: changes, settings, stages = [], person, named }: Case) {
  const provider = { ...whole, ...changes }
  const all = [...well, stage({ id: 'endpoints', detail: [signOut] })]
  const report: OidcReport = {
    ...{ slug: 'example', name: 'Example', ok: true, product: null },
    stages: all.map((each) => ({ ...each, ...stages.find(({ id }) => id === each.id) })),
  }
  const ada = { name: 'ada', hasPassword: false, identities: 1, claims: { sub: 'ada' } }
  const facts: SymptomFacts = {
    ...{ t, provider, report, named: named ?? null, personName: person === undefined ? null : 'ada' },
    settings: {
      ...{ method: 'both', oidcEnabled: true, oidc: [provider], findings: [], views: [] },
      ...settings,
    } as unknown as Settings,
    person: person === undefined || person === 'unknown' ? (person ?? null) : { ...ada, ...person },
  }
  const answer = symptomAnswerSchema.parse(explainSymptom(symptom, facts))
  expect(JSON.stringify(answer)).not.toMatch(/\{\{|oidcSymptoms\./)
  for (const { status, next } of answer.findings) if (status !== 'passed') expect(next).toBeTruthy()
  return answer
}

const view = (name: string, value: string) => ({
  name,
  value,
  set: true,
  secret: false,
  source: 'profile' as const,
})
const claims = (more: object) => ({ person: { claims: { sub: 'ada', ...more } } })
const stopped = (id: string, code: Code): Partial<Stage> => ({ id, status: 'failed', code, next: 'Do this.' })

/** Symptom, what is so, and the code of its first finding; null: a finding without a code. */
const cases: readonly (readonly [OidcSymptom, string, Case, Code | null])[] = [
  ['buttonMissing', 'another mode', { settings: { method: 'local' } }, 'METHOD_NOT_OFFERED'],
  ['buttonMissing', 'switched off', { settings: { oidcEnabled: false } }, 'METHOD_NOT_OFFERED'],
  ['buttonMissing', 'no provider', { settings: { oidc: [] } }, 'OIDC_PROVIDER_NOT_FOUND'],
  [
    'buttonMissing',
    'a setting is missing',
    { provider: { missing: ['OIDC_CLIENT_ID'] } },
    'OIDC_CONFIG_INVALID',
  ],
  ['buttonMissing', 'settings that are not valid', { settings: { method: null } }, 'CONFIG_INVALID'],
  [
    'redirectUri',
    'the provider refuses it',
    { stages: [stopped('redirect', 'OIDC_REDIRECT_MISMATCH')] },
    'OIDC_REDIRECT_MISMATCH',
  ],
  [
    'redirectUri',
    'a slash at the end',
    { provider: { redirectUri: 'https://app.example.org/callback/' } },
    'OIDC_REDIRECT_MISMATCH',
  ],
  [
    'missingClaims',
    'a scope that is not asked for',
    { provider: { scopes: ['openid', 'profile'] } },
    'OIDC_NO_EMAIL',
  ],
  [
    'missingClaims',
    'a claim that did not come',
    claims({ name: 'Ada', preferred_username: 'a', groups: [] }),
    'OIDC_NO_EMAIL',
  ],
  ['notAdmin', 'no mapping', { provider: { adminGroup: null } }, 'ROLE_NOT_GRANTED'],
  ['notAdmin', 'a group in other letters', claims({ groups: ['/Desk-Admins'] }), 'ROLE_NOT_GRANTED'],
  ['notAdmin', 'another group', claims({ groups: ['staff'] }), 'ROLE_NOT_GRANTED'],
  ['notAdmin', 'no groups', claims({}), 'ROLE_NOT_GRANTED'],
  ['notAdmin', 'too many groups', claims({ _claim_names: { groups: 'src1' } }), 'OIDC_GROUPS_OVERAGE'],
  [
    'notAdmin',
    'an address that is not verified',
    {
      provider: { adminGroup: null, adminEmails: ['ada@example.org'] },
      ...claims({ email: 'ada@example.org' }),
    },
    'OIDC_EMAIL_UNVERIFIED',
  ],
  ['notAdmin', 'nobody of that name', { person: 'unknown' }, 'NOT_FOUND'],
  ['notAdmin', 'never signed in', { person: { claims: null } }, null],
  [
    'logoutStays',
    'the provider has no sign-out',
    { stages: [{ id: 'endpoints', detail: [] }] },
    'OIDC_END_SESSION_UNSUPPORTED',
  ],
  ['logoutStays', 'it is not asked for', {}, null],
  [
    'loop',
    'the answer comes to another host',
    {
      provider: { redirectUri: 'https://old.example.org/callback' },
      settings: { views: [view('BASE_URL', 'https://new.example.org')] },
    },
    'OIDC_APP_REDIRECT',
  ],
  [
    'loop',
    'http behind a proxy',
    { settings: { views: [view('BASE_URL', 'http://app.example.org')] } },
    'OIDC_APP_PROXY_HEADERS',
  ],
  ['providerNotFound', 'another short name', { named: 'keycloak' }, 'OIDC_PROVIDER_NOT_FOUND'],
  ['providerNotFound', 'nearly the short name', { named: 'Exam ple' }, 'OIDC_PROVIDER_NOT_FOUND'],
  ['invalidState', 'the clock', { stages: [stopped('clock', 'OIDC_CLOCK_SKEW')] }, 'OIDC_CLOCK_SKEW'],
  ['provisioningOff', 'it is off', { provider: { autoProvision: false } }, 'OIDC_PROVISIONING_OFF'],
  [
    'invalidGrant',
    'a wrong secret',
    { stages: [stopped('client', 'OIDC_CLIENT_REJECTED')] },
    'OIDC_CLIENT_REJECTED',
  ],
  [
    'invalidGrant',
    'the test got no further',
    {
      stages: [
        stopped('tcp', 'OIDC_CONNECT_REFUSED'),
        ...['client', 'issuer', 'clock'].map((id) => ({ id, status: 'skipped' as const })),
      ],
    },
    'OIDC_CONNECT_REFUSED',
  ],
  ['unlinkLast', 'the only way in', { person: {} }, 'LAST_SIGN_IN_WAY'],
  [
    'teamsMalformed',
    'an entry without oidcID',
    claims({ vikunja_groups: [{ name: 'a' }, { name: 'b', oidcID: 1 }] }),
    'TEAMS_CLAIM_MALFORMED',
  ],
  ['teamsMalformed', 'no claim', claims({}), null],
  [
    'invalidIdToken',
    'the issuer',
    { stages: [stopped('issuer', 'OIDC_ISSUER_MISMATCH')] },
    'OIDC_ISSUER_MISMATCH',
  ],
  [
    'algorithm',
    'HS256 only',
    { stages: [stopped('jwks', 'OIDC_ID_TOKEN_ALGORITHM')] },
    'OIDC_ID_TOKEN_ALGORITHM',
  ],
  [
    'selfSigned',
    'a certificate',
    { stages: [stopped('tls', 'OIDC_TLS_SELF_SIGNED')] },
    'OIDC_TLS_SELF_SIGNED',
  ],
  ['dns', 'a name', { stages: [stopped('dns', 'OIDC_DNS_NOT_FOUND')] }, 'OIDC_DNS_NOT_FOUND'],
]

describe('a symptom', () => {
  it.each(cases)('%s: %s', (...[symptom, , facts, code]) => {
    const [first] = look(symptom, facts).findings
    expect([first?.status === 'passed', first?.code]).toEqual([false, code])
  })

  it('has a cause among the fixtures, each of them', () => {
    expect(new Set(cases.map(([symptom]) => symptom))).toEqual(new Set(oidcSymptoms))
  })

  it.each(oidcSymptoms)('%s: where nothing explains it, that is said with what is left', (symptom) => {
    const person = {
      ...{ hasPassword: true, identities: 2 },
      claims: {
        ...{
          sub: 'ada',
          email: 'ada@example.org',
          email_verified: true,
          name: 'Ada',
          preferred_username: 'ada',
        },
        ...{ groups: ['desk-admins'], vikunja_groups: [{ name: 'a', oidcID: 'x' }] },
      },
    }
    const postLogout = { uri: 'http://127.0.0.1/signed-out', loopback: null }
    const answer = look(symptom, { person, provider: { postLogout }, named: 'example' })
    expect(answer.ok).toBe(true)
    expect(answer.findings.filter(({ status }) => status !== 'passed')).toEqual([])
    expect(answer.findings[0]?.message).toBe(t(`oidcSymptoms.otherwise.${symptom}`))
  })
})

describe('the search', () => {
  const all = symptomViews(t)
  it.each([
    [['buttonmissing'], ['buttonMissing']],
    [['hs256'], ['algorithm']],
    [['AADSTS50011'], ['redirectUri']],
    [['too many redirects'], ['loop']],
    [['state', 'expired'], ['invalidState']],
    [['nothing like it'], []],
  ])('%j finds %j', (words, ids) => {
    expect(symptomsFor(all, words).map(({ id }) => id)).toEqual(ids)
  })
  it('without words has all', () => expect(symptomsFor(all, [])).toHaveLength(oidcSymptoms.length))
})
