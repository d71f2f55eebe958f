import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportFormats } from '../../../src-main/contract/reports'
import type { Stage } from '../../../src-main/contract/stages'
import type { Actor, OidcSettings, Settings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createKeptReports } from '../../../src-main/core/diagnostics/report/kept-reports'
import { oidcSubjects } from '../../../src-main/core/diagnostics/report/oidc-report'
import { renderReport } from '../../../src-main/core/diagnostics/report/render-report'
import { createReporter } from '../../../src-main/core/diagnostics/report/reporter'
import { createOidcTest } from '../../../src-main/core/oidc/oidc-test'
import { loadSettings } from '../../../src-main/core/settings/load-settings'
import { createLogBook, oidcSettings, systemClock } from '../../support/oidc-fake-settings'
import { startProvider, type RunningProvider } from '../../support/oidc-provider'
import { hitsIn, spellingsOf } from '../../support/report-canaries'
import { runLine } from '../../support/shell-run'

let real: RunningProvider
beforeAll(async () => {
  real = await startProvider()
})
afterAll(() => real.stop())

const texts = createTexts()

function settingsOf(provider: OidcSettings): Settings {
  const sources = { profile: { name: 'shop', file: null }, file: {}, environment: {}, secrets: {}, found: [] }
  return { ...loadSettings(sources, texts), oidc: [provider] }
}

async function tested(change: Partial<OidcSettings>) {
  const confidential = { clientId: real.clientId, clientSecret: real.clientSecret }
  const provider = oidcSettings({ issuer: real.issuer, ...confidential, ...change })
  const doctor = createOidcTest({ clock: systemClock, logger: createLogBook().logger, texts })
  const signal = new AbortController().signal
  const report = await doctor({ provider, signal, onStage: () => undefined })
  return { provider, report }
}

type Purpose = 'discovery' | 'jwks' | 'client' | 'redirect'

async function reported(
  change: Partial<OidcSettings> = {},
  edit: (stage: Stage) => Stage = (stage) => stage,
) {
  const { provider, report } = await tested(change)
  const reports = [{ ...report, stages: report.stages.map(edit) }]
  const [subject] = oidcSubjects({ settings: settingsOf(provider), reports, changed: null }, texts)
  const lineOf = (purpose: Purpose) => {
    const wanted = texts(`report.purpose.${purpose}`)
    return subject?.commands.find((each) => each.purpose === wanted)?.line ?? ''
  }
  return { report, lineOf }
}

const errorIn = (out: string) => (JSON.parse(out) as { error: string }).error

describe('the printed curl lines', () => {
  it('get the description and the keys that the test got', async () => {
    const { lineOf } = await reported()
    const described = JSON.parse((await runLine(lineOf('discovery'), '')).out) as { issuer: string }
    expect(described.issuer).toBe(real.issuer)
    const keys = JSON.parse((await runLine(lineOf('jwks'), '')).out) as { keys: { kid: string }[] }
    expect(keys.keys.map(({ kid }) => kid)).toContain('test-key')
  })

  it('ask for the secret of a client with Basic, and get the answer that the test got', async () => {
    const { report, lineOf } = await reported()
    expect(report.stages.find(({ id }) => id === 'client')?.status).toBe('passed')
    expect(lineOf('client')).toContain(`--basic -u ${real.clientId} `)
    expect(errorIn((await runLine(lineOf('client'), real.clientSecret)).out)).toBe('invalid_grant')
    expect(errorIn((await runLine(lineOf('client'), 'wrong')).out)).toBe('invalid_client')
  })

  it('send a secret in the form through a pipe, and a public client without one', async () => {
    const method = texts('oidc.label.method')
    const inForm = (stage: Stage): Stage => ({
      ...stage,
      detail: stage.detail.map((each) =>
        each.label === method ? { ...each, value: 'client_secret_post' } : each,
      ),
    })
    const { lineOf } = await reported({}, inForm)
    expect(lineOf('client')).toContain('client_secret@-')
    const answer = await runLine(lineOf('client'), 'any secret')
    // The provider of the tests takes this client by Basic only; it says so once it has read the form.
    expect(errorIn(answer.out)).toMatch(/^invalid_(client|grant)$/)
    expect(answer.said).toContain('Client secret: ')
    const open = await reported({ clientId: real.publicClientId, clientSecret: null })
    expect(errorIn((await runLine(open.lineOf('client'), '')).out)).toBe('invalid_grant')
  })

  it('ask for the return address without a page', async () => {
    const { provider } = await tested({})
    const { lineOf } = await reported()
    const { out } = await runLine(lineOf('redirect'), '')
    expect(out).toMatch(
      new RegExp(`^location: http://127\\.0\\.0\\.1:\\d+${provider.loopback.path}\\?error=`, 'im'),
    )
  })
})

const actor: Actor = { kind: 'os', name: 'me', roles: ['admin'] }

describe('fifty canaries in every input', () => {
  const secrets = ['Client+5d2e/secret~=&', 'Bind-7f3a "\'<&>\\ \u00fc']
  const others = Array.from({ length: 48 }, (_, at) => `cnry${at}q${(at * 7919 + 104729).toString(36)}Z9`)
  const forms: readonly ((canary: string) => string)[] = [
    (canary) => `https://me:${canary}@idp.example.test/`,
    (canary) => JSON.stringify({ client_secret: canary, access_token: canary }),
    (canary) => JSON.stringify(JSON.stringify({ refresh_token: canary })),
    (canary) => `client_id=desk&client_secret=${canary}&code_verifier=${canary}`,
    (canary) => `http://127.0.0.1:1/callback?code=${canary}&state=${canary}`,
    (canary) => `Authorization: Basic ${Buffer.from(`desk:${canary}`).toString('base64')}`,
    (canary) => `Authorization: Bearer ${canary}`,
    (canary) => `eyJhbGciOiJub25lIn0.${Buffer.from(canary).toString('base64url')}.c2ln`,
    (canary) => Buffer.from(JSON.stringify({ id_token: canary })).toString('base64'),
    (canary) => Buffer.from(`https://a:${canary}@idp`).toString('hex'),
    (canary) => encodeURIComponent(`https://a:${canary}@idp`),
    (canary) => `client_assertion=${canary}`,
  ]
  const planted = [
    ...secrets.flatMap((canary) => spellingsOf(canary).map((text) => `said (${text}) end`)),
    ...others.flatMap((canary, at) =>
      [0, 5].map((more) => forms[(at + more) % forms.length]?.(canary) ?? ''),
    ),
  ]

  it.each(reportFormats)('are nowhere in the %s form', async (format) => {
    const [clientSecret = '', bindPassword = ''] = secrets
    const { report } = await tested({ clientId: real.publicClientId, clientSecret: null })
    const provider = oidcSettings({
      issuer: real.issuer,
      ...{ clientSecret, clientId: `desk-${clientSecret}`, scopes: ['openid', ...planted.slice(60, 70)] },
      caFile: `/etc/${encodeURIComponent(clientSecret)}.pem`,
    })
    const stages = report.stages.map((stage, at): Stage => ({
      ...stage,
      summary: `${stage.summary} ${planted[at] ?? ''}`,
      next: planted[at + 12] ?? null,
      detail: [
        ...stage.detail,
        ...planted.filter((_, n) => n % 12 === at).map((text) => ({ label: text, value: text })),
      ],
    }))
    const kept = createKeptReports()
    const versions = { authdesk: '0.0.0', electron: null, node: '24', openssl: '3', platform: 'linux x64' }
    const settings = settingsOf(provider)
    const run = {
      settings: { ...settings, ldap: { ...settings.ldap, bindPassword } },
      reports: [{ ...report, stages, name: `One ${clientSecret}` }],
      changed: [`OIDC_${bindPassword}`],
    }
    createReporter({ kept, texts, versions, clock: systemClock }).oidc({ actor, runId: 'r' }, run)
    const made = kept.of(actor, 'r')
    if (made === null) throw new Error('there is no report')
    const text = renderReport(made, format, texts)
    expect(new Set([...secrets, ...others]).size).toBe(50)
    expect(text).toContain('[removed')
    expect(made.subjects[0]?.stages).toHaveLength(report.stages.length)
    expect(hitsIn(text, [...secrets, ...others])).toEqual([])
  })
})
