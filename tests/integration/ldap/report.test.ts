import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LdapSettings, Settings } from '../../../src-main/core/app/ports'
import { reportFormats } from '../../../src-main/contract/reports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createKeptReports } from '../../../src-main/core/diagnostics/report/kept-reports'
import { ldapSubject } from '../../../src-main/core/diagnostics/report/ldap-report'
import { renderReport } from '../../../src-main/core/diagnostics/report/render-report'
import { createReporter } from '../../../src-main/core/diagnostics/report/reporter'
import { loadSettings } from '../../../src-main/core/settings/load-settings'
import { agree, entry, result, startFakeDirectory, type FakeRequest } from '../../support/ldap-fake'
import { climb } from '../../support/ldap-run'
import { ldapSettings } from '../../support/ldap-settings'
import { hitsIn, spellingsOf } from '../../support/report-canaries'
import { runLine } from '../../support/shell-run'
import { startSlapd, type Slapd } from '../../support/slapd'

let slapd: Slapd
beforeAll(async () => {
  slapd = await startSlapd({})
})
afterAll(() => slapd.stop())

const texts = createTexts()

function settingsOf(ldap: LdapSettings): Settings {
  const sources = { profile: { name: 'shop', file: null }, file: {}, environment: {}, secrets: {}, found: [] }
  return { ...loadSettings(sources, texts), ldap }
}

const dnsIn = (ldif: string) => ldif.split('\n').filter((line) => line.startsWith('dn:'))

async function reported(change: Parameters<typeof ldapSettings>[0], user: string | null = null) {
  const ldap = ldapSettings(change)
  const ladder = await climb(ldap, { user })
  const run = { ladder, user, password: null, probe: null, against: null, changed: null }
  const subject = ldapSubject({ ...run, settings: settingsOf(ldap) }, texts)
  const lineOf = (purpose: 'users' | 'bind' | 'user' | 'certificates') => {
    const wanted = texts(`report.purpose.${purpose}`)
    return subject.commands.find((each) => each.purpose === wanted)?.line ?? ''
  }
  return { ladder, subject, lineOf }
}

/** Whom the directory itself lists below the people's base, whatever finds them. */
async function everybody(): Promise<string[]> {
  const entries = (await slapd.slapcat()).split('\n\n')
  const people = entries.filter((text) => /^uid:/m.test(text) && /^objectClass: inetOrgPerson$/m.test(text))
  return people.flatMap((text) => dnsIn(text.replaceAll('\n ', ''))).toSorted()
}

const encryptions = ['none', 'starttls', 'ldaps'] as const

describe('a printed ldapsearch line', () => {
  it.each(encryptions)('finds the same people as the stage users did, over %s', async (encryption) => {
    const port = encryption === 'ldaps' ? slapd.ldapsPort : slapd.ldapPort
    const servers = [{ host: '127.0.0.1', port, encryption }]
    const { ladder, lineOf } = await reported({ servers, caFile: slapd.caFile })
    const found = await runLine(lineOf('users'), slapd.bindPassword)
    expect({ code: found.code, said: found.said.replace('Enter LDAP Password: ', '').trim() }).toEqual({
      code: 0,
      said: '',
    })
    const count = dnsIn(found.out).length
    expect(count).toBeGreaterThan(8)
    expect(ladder.stage('users').summary).toBe(texts('ldap.passed.users', { count }))
    expect(dnsIn(found.out).toSorted()).toEqual(await everybody())
  })

  it('finds the same people page by page, and in a base and with a filter that want quotes', async () => {
    const servers = [{ host: '127.0.0.1', port: slapd.ldapPort, encryption: 'none' as const }]
    const filter = String.raw`(|(sn=O'Neil)(cn=*\28x\2a*)(mail=$\28id\29*)(uid=*))`
    const { ladder, lineOf } = await reported({ servers, userFilter: filter, pageSize: 50 })
    const found = await runLine(lineOf('users').replace('pr=50', 'pr=3'), slapd.bindPassword)
    expect(found.code).toBe(0)
    expect(ladder.stage('users').summary).toBe(texts('ldap.passed.users', { count: dnsIn(found.out).length }))
  })

  it('finds the entry of the person', async () => {
    const servers = [{ host: '127.0.0.1', port: slapd.ldapPort, encryption: 'none' as const }]
    const { ladder, lineOf } = await reported({ servers }, 'ada')
    const { out } = await runLine(lineOf('user'), slapd.bindPassword)
    expect(dnsIn(out)).toEqual([`dn: ${ladder.user?.dn ?? ''}`])
    expect(out).not.toMatch(/userPassword/i)
  })
})

describe('the other lines', () => {
  it('sign the service account in with its password and with no other', async () => {
    const servers = [{ host: '127.0.0.1', port: slapd.ldapPort, encryption: 'starttls' as const }]
    const { lineOf } = await reported({ servers, caFile: slapd.caFile })
    const right = await runLine(lineOf('bind'), slapd.bindPassword)
    expect({ code: right.code, out: right.out.trim() }).toEqual({ code: 0, out: `dn:${slapd.bindDn}` })
    expect((await runLine(lineOf('bind'), 'wrong')).code).toBe(49)
  })

  it.each(['starttls', 'ldaps'] as const)(
    'verify the certificate as the test did, over %s',
    async (encryption) => {
      const port = encryption === 'ldaps' ? slapd.ldapsPort : slapd.ldapPort
      const servers = [{ host: '127.0.0.1', port, encryption }]
      const good = await reported({ servers, caFile: slapd.caFile })
      expect((await runLine(good.lineOf('certificates'), '')).out).toContain('Verify return code: 0 (ok)')
      const other = await reported({ servers, caFile: slapd.caFile, tlsServerName: 'other.test' })
      expect(other.ladder.stage('tls').code).toBe('LDAP_TLS_HOSTNAME')
      expect((await runLine(other.lineOf('certificates'), '')).code).not.toBe(0)
    },
  )

  it('send no password where the test would not', async () => {
    const ladder = await climb(ldapSettings({ port: slapd.ldapPort }))
    const target = { host: 'dc.example.test', port: 389, encryption: 'none' as const }
    const settings = settingsOf(ldapSettings({}))
    const run = { user: null, password: null, probe: null, against: null, changed: null }
    const subject = ldapSubject({ ...run, settings, ladder: { ...ladder, target } }, texts)
    expect(subject.commands.map(({ line }) => line).filter((line) => /-[wW]\b|-D/.test(line))).toEqual([])
    expect(subject.commands.length).toBeGreaterThan(0)
    expect(subject.notes).toEqual([texts('report.notes.plaintext')])
  })
})

describe('what a server says', () => {
  const bindPassword = `Canary"bind<&>'4711 ü`
  const password = `Canary"person<&>'0815 ß`
  const adaDn = 'uid=ada,ou=people,dc=example,dc=test'
  const versions = { authdesk: '1', electron: null, node: '24', openssl: '3', platform: 'linux' }
  const actor = { kind: 'nobody' } as const

  /** A directory that repeats the words in its refusal and hands out what it should keep to itself. */
  const answering = (words: () => string) => (request: FakeRequest) => {
    if (request.kind === 'bind' && request.name === adaDn) {
      return result({ id: request.id, tag: 0x61 }, 49, { message: words() })
    }
    if (request.kind !== 'search' || request.name === '') return agree(request)
    const dn = request.name.startsWith('ou=people') ? adaDn : request.name
    const secret = { userPassword: ['{SSHA}canary8canary8', password], unicodePwd: [bindPassword] }
    const attributes = { uid: ['ada'], mail: ['a@example.test'], objectClass: ['inetOrgPerson'], ...secret }
    return Buffer.concat([entry(request.id, dn, attributes), result({ id: request.id, tag: 0x65 }, 0)])
  }

  it('shows no canary in any form of the report, though it repeats the passwords in every spelling', async () => {
    let words = ''
    let planted = 0
    const fake = await startFakeDirectory({ reply: answering(() => words) })
    const kept = createKeptReports()
    const reporter = createReporter({ kept, clock: { now: () => new Date() }, texts, versions })
    const ldap = ldapSettings({ port: fake.port, bindPassword })
    const settings = settingsOf(ldap)
    const canaries = [bindPassword, password, 'canary8canary8']
    try {
      for (const spelling of [bindPassword, password].flatMap(spellingsOf)) {
        words = `refused: ${spelling}`
        const ladder = await climb(ldap, { user: 'ada', password })
        if (hitsIn(JSON.stringify(ladder), canaries).length > 0) planted += 1
        const run = { ladder, user: 'ada', password, probe: null, against: null, changed: null }
        reporter.ldap({ actor, runId: 'r' }, { ...run, settings })
        const report = kept.of(actor, 'r')
        if (report === null) throw new Error('There is no report.')
        for (const format of reportFormats) {
          expect(hitsIn(renderReport(report, format, texts), canaries), `${format} ${spelling}`).toEqual([])
        }
      }
    } finally {
      await fake.stop()
    }
    // What a server says has its control characters taken out, so not every spelling comes through.
    expect(planted).toBeGreaterThan(40)
  })
})
