import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportFormats } from '../../../src-main/contract/report'
import { createTexts } from '../../../src-main/core/app/texts'
import { renderReport } from '../../../src-main/core/diagnostics/report/render-report'
import { createKeptRuns } from '../../../src-main/core/ldap/kept-runs'
import type { LdapSettings } from '../../../src-main/core/app/ports'
import { agree, entry, result, startFakeDirectory, type FakeRequest } from '../../support/ldap-fake'
import { climb } from '../../support/ldap-run'
import { ldapSettings } from '../../support/ldap-settings'
import { startSlapd, type Slapd } from '../../support/slapd'

const t = createTexts()

async function reportOf(settings: LdapSettings, who: { user: string; password: string | null }) {
  const runs = createKeptRuns(t, { version: '1.0.0', runtime: 'Node' })
  const ladder = await climb(settings, who)
  runs.keep({
    ...{ runId: 'r', at: new Date(), ladder, profile: null, ldap: settings, ...who, against: null },
    views: [
      {
        name: 'LDAP_BIND_PASSWORD',
        value: settings.bindPassword,
        set: true,
        secret: true,
        source: 'profile',
      },
      { name: 'LDAP_USER_FILTER', value: settings.userFilter, set: true, secret: false, source: 'profile' },
    ],
  })
  return runs.report('r')
}

/** Runs a line as a person would paste it, in a session without a terminal, so that the prompt reads its input. */
function inShell(line: string, typed: string): Promise<string> {
  const child = spawn('sh', ['-c', line], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stdin.end(`${typed}\n`)
  return new Promise((resolve) => child.on('close', () => resolve(said)))
}

describe('the lines of a report, run against the real server', () => {
  let slapd: Slapd
  beforeAll(async () => {
    slapd = await startSlapd()
  })
  afterAll(() => slapd.stop())

  test.each(['none', 'starttls', 'ldaps'] as const)('find the same as the test (%s)', async (encryption) => {
    const port = encryption === 'ldaps' ? slapd.ldapsPort : slapd.ldapPort
    const servers = [{ host: '127.0.0.1', port, encryption }]
    const settings = ldapSettings({ servers, caFile: slapd.caFile })
    const who = { user: 'ada', password: slapd.passwords['ada'] ?? '' }
    const { commands, stages, ok } = await reportOf(settings, who)
    expect(ok).toBe(true)
    const run = (purpose: RegExp, typed: string) =>
      inShell(commands.find((each) => purpose.test(each.purpose))?.line ?? '', typed)

    const everybody = await run(/^Everybody/, slapd.bindPassword)
    const found = [...everybody.matchAll(/^dn::? /gm)].length
    expect(stages.find(({ id }) => id === 'users')?.summary).toBe(`${found} people are found`)
    expect(await run(/^The person/, slapd.bindPassword)).toContain('dn: uid=ada,ou=people,dc=example,dc=test')
    expect(await run(/service account/, slapd.bindPassword)).toContain(`dn:${slapd.bindDn}`)
    expect(await run(/person’s password/, who.password)).toContain('dn:uid=ada,ou=people')
    expect(await run(/says of itself/, '')).toContain('namingContexts: dc=example,dc=test')
    if (encryption !== 'none') {
      expect(await run(/certificates/, '')).toMatch(/Verify return code: 0 \(ok\)/)
    }
  })
})

describe('canaries', () => {
  const bindPassword = 'Canary"bind<&>\'4711 ü'
  const password = 'Canary"person<&>\'0815 ß'
  const spelled = (secret: string): string[] => {
    const [utf8, utf16] = [Buffer.from(secret, 'utf8'), Buffer.from(secret, 'utf16le')]
    return [
      ...[secret, JSON.stringify(secret), encodeURIComponent(secret), encodeURI(secret)],
      ...[utf8, utf16].flatMap((bytes) => [
        ...[
          bytes.toString('base64'),
          bytes.toString('base64').replace(/=+$/, ''),
          bytes.toString('base64url'),
        ],
        ...[bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
      ]),
      ...[utf8.toString('hex').replace(/..(?=.)/g, '$&:'), utf8.toString('hex').replace(/../g, '\\$&')],
      secret
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;'),
      Array.from(secret).reverse().join(''),
    ]
  }
  /** What is secret by its looks; each with the part that must not be seen. */
  const looks: readonly (readonly [string, string])[] = [
    ['userPassword: canary-plain-1', 'canary-plain-1'],
    ['userPassword:: Y2FuYXJ5LTI=', 'Y2FuYXJ5LTI='],
    ['(userPassword=canary-3)', 'canary-3'],
    ['unicodePwd:: canary4AAAA', 'canary4AAAA'],
    ['sambaNTPassword: CANARY5', 'CANARY5'],
    ['ms-Mcs-AdmPwd: canary-6', 'canary-6'],
    ['msLAPS-Password: canary-7', 'canary-7'],
    ['{SSHA}canary8canary8', 'canary8canary8'],
    ['{CRYPT}$6$canary9', 'canary9'],
    ['$argon2id$v=19$m=1$canary10', 'canary10'],
    ['$2b$12$canary11canary11', 'canary11'],
    ['scrypt:32768:8:1$canary12$aa', 'canary12'],
    ['ldap://admin:canary-13@ldap.example.org', 'canary-13'],
    ['password=canary-14', 'canary-14'],
    ['client_secret: "canary-15"', 'canary-15'],
    ['Authorization: Basic Y2FuYXJ5LTE2', 'Y2FuYXJ5LTE2'],
  ]
  const words = [...spelled(bindPassword), ...spelled(password), ...looks.map(([, hidden]) => hidden)]

  test('fifty of them in what a server says and what is set: none in any form of the report', async () => {
    expect(words.length).toBeGreaterThanOrEqual(50)
    const message = [...spelled(bindPassword), ...spelled(password), ...looks.map(([text]) => text)].join(
      ' ; ',
    )
    const adaDn = 'uid=ada,ou=people,dc=example,dc=test'
    const reply = (request: FakeRequest) => {
      if (request.kind === 'bind' && request.name === adaDn) {
        return result({ id: request.id, tag: 0x61 }, 49, { message })
      }
      if (request.kind !== 'search' || request.name === '') return agree(request)
      const dn = request.name.startsWith('ou=people') ? adaDn : request.name
      const secret = { userPassword: ['{SSHA}canary8canary8', password], unicodePwd: [bindPassword] }
      const attributes = { uid: ['ada'], mail: ['a@example.test'], objectClass: ['inetOrgPerson'], ...secret }
      return Buffer.concat([entry(request.id, dn, attributes), result({ id: request.id, tag: 0x65 }, 0)])
    }
    const fake = await startFakeDirectory({ reply })
    try {
      const userFilter = '(|(uid={username})(userPassword=canary-3))'
      const settings = ldapSettings({ port: fake.port, bindPassword, userFilter })
      const report = await reportOf(settings, { user: 'ada', password })
      expect(report.stages.find(({ id }) => id === 'userbind')?.code).toBe('LDAP_USER_PASSWORD')
      for (const format of reportFormats) {
        const text = renderReport(t, report, format)
        expect(text).toContain('[redacted]')
        expect(
          words.filter((word) => text.includes(word)),
          format,
        ).toEqual([])
      }
    } finally {
      await fake.stop()
    }
  })
})
