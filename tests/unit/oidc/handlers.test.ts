import { expect, test } from 'vitest'
import { contract } from '../../../src-main/contract'
import type { OidcReport } from '../../../src-main/contract/oidc'
import type { SettingView } from '../../../src-main/contract/ldap'
import type { AuditEntry, CallContext, Settings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createOidcHandlers } from '../../../src-main/core/oidc/handlers'
import { oidcSettings } from '../../support/oidc-fake-settings'

const view = (name: string, value: string | null, secret = false): SettingView => ({
  name,
  value,
  set: value !== null,
  secret,
  source: 'profile',
})
const one = oidcSettings({ slug: 'one', issuer: 'https://one.example.org', clientId: 'c1' })
const two = oidcSettings({ slug: 'two', issuer: 'https://two.example.org', clientId: 'c2' })
const settings = {
  oidc: [one, two],
  views: [
    view('AUTH_METHOD', 'both'),
    view('OIDC_CLIENT_SECRET', 'leaked', true),
    view('OIDC_SCOPES', 'openid'),
    view('OIDC_EMAIL_CLAIM', 'email'),
    view('OIDC_PROVIDER_1_SLUG', 'one'),
    view('OIDC_PROVIDER_1_CLIENT_SECRET', 'leaked', true),
    view('OIDC_PROVIDER_2_ISSUER', 'https://two.example.org'),
    view('OIDC_PROVIDER_2_CLIENT_ID', 'c2'),
    view('OIDC_PROVIDER_2_SCOPE', 'openid email'),
    view('LDAP_HOST', 'x'),
  ],
} as unknown as Settings

function createContext() {
  const events: unknown[] = []
  const notes: AuditEntry[] = []
  const context: CallContext = {
    actor: { kind: 'nobody' },
    signal: new AbortController().signal,
    emit: (event, payload) => events.push([event, payload]),
    audit: {
      begun: () => Promise.resolve(),
      record: () => Promise.resolve(),
      note: (entry) => notes.push(entry),
    },
  }
  return { context, events, notes }
}

function create(report: Partial<OidcReport> = {}) {
  const made = { ok: true, product: null, stages: [] }
  const reports: OidcReport[] = []
  const handlers = createOidcHandlers({
    settings: () => Promise.resolve(settings),
    drafts: {
      load: () => Promise.reject(new Error('no draft')),
      saw: () => undefined,
      tested: () => 'untested',
    },
    texts: createTexts(),
    clock: { now: () => new Date('2026-01-01T00:00:00Z') },
    test: ({ provider, onStage }) => {
      onStage('config', null)
      return Promise.resolve({ slug: provider.slug, name: provider.name, ...made, ...report })
    },
    login: () => Promise.reject(new Error('no sign-in')),
    person: () => Promise.resolve(null),
    onReport: (each) => reports.push(each),
  })
  return { handlers, reports }
}

test('each provider comes with its own and the shared settings, and never with a secret', async () => {
  const { providers } = contract.oidc.providers.output.parse(
    await create().handlers.providers({ profile: null }, createContext().context),
  )
  const [first, second] = providers
  expect(first?.redirectUri).toBe('http://127.0.0.1/callback')
  expect(first?.settings.map(({ name }) => name)).toEqual([
    'OIDC_PROVIDER_1_SLUG',
    'OIDC_PROVIDER_1_CLIENT_SECRET',
    'OIDC_SCOPES',
    'OIDC_EMAIL_CLAIM',
  ])
  expect(second?.settings.map(({ name }) => name)).toEqual([
    'OIDC_PROVIDER_2_ISSUER',
    'OIDC_PROVIDER_2_CLIENT_ID',
    'OIDC_PROVIDER_2_SCOPE',
    'OIDC_EMAIL_CLAIM',
  ])
  expect(JSON.stringify(providers)).not.toContain('leaked')
})

test('one provider or all of them are tested, with events and an audit entry', async () => {
  const { handlers, reports } = create()
  const { context, events, notes } = createContext()
  const result = await handlers.test({ runId: 'r', profile: null, app: null, provider: null }, context)
  expect(result).toMatchObject({ ok: true, providers: [{ slug: 'one' }, { slug: 'two' }] })
  expect(events).toEqual([
    ['oidc.stage', { runId: 'r', target: 'one', id: 'config', stage: null }],
    ['oidc.stage', { runId: 'r', target: 'two', id: 'config', stage: null }],
  ])
  expect(notes.at(-1)).toEqual({ target: null, after: { one: 'passed', two: 'passed' } })
  expect(reports).toHaveLength(2)
  expect(
    (await handlers.test({ runId: 'r', profile: null, app: null, provider: 'two' }, context)).providers,
  ).toHaveLength(1)
})

test('a provider that is not well makes the whole answer not well', async () => {
  const stage = {
    id: 'tcp',
    status: 'failed' as const,
    code: 'OIDC_TIMEOUT' as const,
    ms: 1,
    summary: '',
    detail: [],
    next: null,
  }
  const { context, notes } = createContext()
  const { handlers } = create({ ok: false, stages: [stage] })
  expect((await handlers.test({ runId: 'r', profile: null, app: null, provider: 'one' }, context)).ok).toBe(
    false,
  )
  expect(notes.at(-1)).toEqual({ target: 'one', after: { one: 'OIDC_TIMEOUT' } })
})

test('an unknown provider is refused by name', async () => {
  const { context, notes } = createContext()
  await expect(
    create().handlers.test({ runId: 'r', profile: null, app: null, provider: 'three' }, context),
  ).rejects.toMatchObject({
    code: 'OIDC_PROVIDER_NOT_FOUND',
    details: { provider: 'three' },
  })
  expect(notes).toEqual([{ target: 'three' }])
})
