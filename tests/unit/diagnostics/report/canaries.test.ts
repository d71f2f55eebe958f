import { beforeAll, describe, expect, it } from 'vitest'
import { reportFormats, reportSchema, type ReportFormat } from '../../../../src-main/contract/reports'
import type { Ladder } from '../../../../src-main/contract/ldap'
import type { Stage } from '../../../../src-main/contract/stages'
import type { Actor } from '../../../../src-main/core/app/ports'
import { createTexts } from '../../../../src-main/core/app/texts'
import { createKeptReports } from '../../../../src-main/core/diagnostics/report/kept-reports'
import { renderReport } from '../../../../src-main/core/diagnostics/report/render-report'
import { createReporter } from '../../../../src-main/core/diagnostics/report/reporter'
import { loadSettings } from '../../../../src-main/core/settings/load-settings'
import { hitsIn, spellingsOf } from '../../../support/report-canaries'

/** At hand during the run: found in any spelling, wherever they turn up. */
const atHand = {
  bind: 'Bind-7f3a "\'<&>\\ \u00fc',
  person: 'Person*91c(x)|`$HOME`=%',
  client: 'Client+5d2e/secret~=&',
  second: 'Second;0b8f #[x](y) {z}',
}
/** Nobody names these: what they are shows by their form or their name. */
const byKind = Array.from({ length: 46 }, (_, at) => `cnry${at}q${(at * 7919 + 104729).toString(36)}Z9`)
const canaries = [...Object.values(atHand), ...byKind]

const forms: readonly ((canary: string) => string)[] = [
  (canary) => `ldaps://reader:${canary}@dc.example.test:636/`,
  (canary) => `ldap%3A%2F%2Freader%3A${canary}%40dc.example.test`,
  (canary) => `{SSHA}${Buffer.from(canary).toString('base64')}`,
  (canary) => `{CLEARTEXT}${canary}`,
  (canary) => `$6$salt$${canary}`,
  (canary) => `$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$${canary}`,
  (canary) => `scrypt:32768:8:1$salt$${canary}`,
  (canary) => `userPassword: ${canary}`,
  (canary) => `userPassword:: ${Buffer.from(canary).toString('base64')}`,
  (canary) => `unicodePwd:: ${Buffer.from(`"${canary}"`, 'utf16le').toString('base64')}`,
  (canary) => `sambaNTPassword: ${Buffer.from(canary).toString('hex')}`,
  (canary) => `(&(uid=ada)(userPassword=${canary}))`,
  (canary) => JSON.stringify({ client_secret: canary }),
  (canary) => JSON.stringify(JSON.stringify({ access_token: canary })),
  (canary) => `grant_type=password&password=${encodeURIComponent(canary)}&x=1`,
  (canary) => `https://app.example.test/cb?code=${canary}&state=${canary}`,
  (canary) => `Authorization: Basic ${Buffer.from(`id:${canary}`).toString('base64')}`,
  (canary) => `Bearer ${canary}`,
  (canary) => `eyJhbGciOiJub25lIn0.${Buffer.from(canary).toString('base64url')}.c2ln`,
  (canary) => Buffer.from(`userPassword: ${canary}`).toString('base64'),
  (canary) => Buffer.from(`ldap://a:${canary}@dc`).toString('hex'),
  (canary) =>
    `-----BEGIN PRIVATE KEY-----\n${Buffer.from(canary).toString('base64')}\n-----END PRIVATE KEY-----`,
]

/** Each canary in every spelling that it could be told by. */
const planted = [
  ...Object.values(atHand).flatMap((canary) =>
    spellingsOf(canary).map((spelling) => `said (${spelling}) end`),
  ),
  ...byKind.flatMap((canary, at) =>
    [0, 1].map((more) => `said ${forms[(at + more * 11) % forms.length]?.(canary) ?? ''}`),
  ),
]

function stages(): Stage[] {
  const said = (part: number) => planted.filter((_, at) => at % 8 === part)
  return Array.from({ length: 8 }, (_, at): Stage => ({
    ...{ id: at === 0 ? 'dns' : `stage${at}`, status: 'failed', code: 'LDAP_PROTOCOL', ms: 1 },
    summary: said(at).slice(0, 2).join(' '),
    detail: said(at).flatMap((text) => [{ label: text, value: text }]),
    next: said(at).slice(2, 4).join(' '),
  }))
}

const file = {
  AUTH_METHOD: 'all',
  LDAP_HOST: `ldaps://reader:${byKind[0] ?? ''}@dc.example.test`,
  LDAP_BASE_DN: 'dc=example,dc=test',
  LDAP_BIND_DN: `cn=${atHand.bind.replace(/["\\<>]/g, '\\$&')},dc=example,dc=test`,
  LDAP_BIND_PASSWORD: atHand.bind,
  LDAP_USER_FILTER: `(&(uid={username})(userPassword=${byKind[1] ?? ''}))`,
  LDAP_TLS_CA_CERT_FILE: `/etc/${encodeURIComponent(atHand.person)}.pem`,
  OIDC_PROVIDER_1_NAME: 'One',
  OIDC_PROVIDER_1_ISSUER: 'https://one.example.test',
  OIDC_PROVIDER_1_CLIENT_ID: 'desk',
  OIDC_PROVIDER_1_CLIENT_SECRET: atHand.client,
  OIDC_PROVIDER_2_NAME: 'Two',
  OIDC_PROVIDER_2_ISSUER: `https://me:${byKind[2] ?? ''}@two.example.test`,
  OIDC_PROVIDER_2_CLIENT_ID: 'desk',
  OIDC_PROVIDER_2_CLIENT_SECRET: atHand.second,
}

const actor: Actor = { kind: 'os', name: 'me', roles: ['admin'] }
const texts = createTexts()

function settings() {
  const profile = { name: 'shop', file: null }
  return loadSettings({ profile, file, environment: {}, secrets: {}, found: [] }, texts)
}

function ladder(): Ladder {
  const [first = ''] = planted
  return {
    ok: false,
    target: { host: 'dc.example.test', port: 636, encryption: 'ldaps' },
    summary: first,
    stages: stages(),
    directory: { kind: 'openldap', product: `OpenLDAP ${atHand.client}` },
    user: { dn: `uid=${atHand.person},dc=example`, username: atHand.person, email: null, fullName: null },
  }
}

const written = new Map<ReportFormat, string>()

beforeAll(() => {
  const kept = createKeptReports()
  const versions = { authdesk: '0.0.0', electron: null, node: '24', openssl: '3', platform: 'linux x64' }
  const reporter = createReporter({ kept, texts, versions, clock: { now: () => new Date(0) } })
  reporter.ldap(
    { actor, runId: 'r' },
    {
      ...{ settings: settings(), ladder: ladder(), user: `${atHand.person}@x`, password: atHand.person },
      ...{ probe: null, against: `dump ${atHand.bind}.ldif`, changed: [`LDAP_${atHand.client}`] },
    },
  )
  const report = kept.of(actor, 'r')
  if (report === null) throw new Error('there is no report')
  for (const format of reportFormats) written.set(format, renderReport(report, format, texts))
}, 60_000)

describe('fifty canaries in every input', () => {
  it('are fifty', () => {
    expect(new Set(canaries).size).toBe(50)
    expect(
      byKind.every((canary) =>
        planted.some((text) => hitsIn(text, [canary]).length > 0 || !text.includes(canary)),
      ),
    ).toBe(true)
  })

  it('would be found: each is in what was planted', () => {
    const everything = planted.join('\n')
    for (const canary of canaries.slice(0, 4)) expect(hitsIn(everything, [canary]).length).toBeGreaterThan(20)
  })

  it.each(reportFormats)('are nowhere in the %s form', (format) => {
    const text = written.get(format) ?? ''
    expect(text).toContain('LDAP_PROTOCOL')
    expect(text).toContain('[removed')
    expect(hitsIn(text, canaries)).toEqual([])
  })

  it('leave a JSON form that is of its schema, with the settings and their sources', () => {
    const report = reportSchema.parse(JSON.parse(written.get('json') ?? ''))
    const [subject] = report.subjects
    expect(subject?.settings).toContainEqual({
      ...{ name: 'LDAP_BIND_PASSWORD', value: null, set: true, secret: true, source: 'profile' },
    })
    expect(subject?.settings).toContainEqual(
      expect.objectContaining({ name: 'LDAP_BASE_DN', value: 'dc=example,dc=test', source: 'profile' }),
    )
  })
})

describe('a kept report', () => {
  it('is there for who ran the test and for nobody else', () => {
    const kept = createKeptReports()
    const report = reportSchema.parse(JSON.parse(written.get('json') ?? ''))
    const account = (id: string): Actor => ({
      ...{ kind: 'account', id, name: id, roles: ['helpdesk'], sessionId: 's', mustChangePassword: false },
    })
    kept.keep(account('ada'), 'run', report)
    expect(kept.of(account('ada'), 'run')).toBe(report)
    expect(kept.of(account('bob'), 'run')).toBeNull()
    for (let at = 0; at < 20; at += 1) kept.keep(actor, `run${at}`, report)
    expect(kept.of(account('ada'), 'run')).toBeNull()
    expect(kept.of(actor, 'run0')).toBe(report)
  })
})
