import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runReportSchema, type RunReport } from '../../../src-main/contract/report'
import { createTexts } from '../../../src-main/core/app/texts'
import { renderReport } from '../../../src-main/core/diagnostics/report/render-report'
import { createScrub } from '../../../src-main/core/diagnostics/report/scrub'
import { shellWord, toolLines } from '../../../src-main/core/ldap/tool-lines'
import { ldapSettings } from '../../support/ldap-settings'

const t = createTexts()
const report = (change: Partial<RunReport> = {}): RunReport => ({
  ...{ kind: 'ldap-test', made: '2026-01-02T03:04:05.000Z', version: '1.0.0', runtime: 'Node 24' },
  ...{ profile: null, ok: false, summary: 'It does not work', facts: [], settings: [], commands: [] },
  stages: [],
  ...change,
})

describe('what is secret in a report', () => {
  it('is gone in every spelling that holds it, whatever the secret is made of', () => {
    const secrets = fc
      .string({ minLength: 6, maxLength: 40, unit: 'grapheme' })
      .filter((text) => text.trim().length >= 6)
    fc.assert(
      fc.property(secrets, (secret) => {
        const utf8 = Buffer.from(secret, 'utf8')
        const said = [
          ...[secret, `x${secret}y`, encodeURIComponent(secret), JSON.stringify(secret)],
          ...[utf8.toString('base64'), utf8.toString('hex'), utf8.toString('hex').toUpperCase()],
          Buffer.from(secret, 'utf16le').toString('base64'),
        ]
        const scrubbed = createScrub([secret])({ said: said.map((one) => `the server says ${one}`) })
        for (const [at, one] of scrubbed.said.entries()) {
          expect(one.slice('the server says '.length)).not.toContain(said[at])
          expect(one).not.toContain(secret)
        }
      }),
    )
  })

  it('leaves everything else as it is, and takes a short one only where it is all', () => {
    const value = { a: ['uid=ada,dc=example', 7, null, true], b: { c: 'cn=reader' } }
    expect(createScrub(['a-long-secret', null, '', 'ab'])(value)).toEqual(value)
    expect(createScrub(['ab'])({ x: 'ab', y: 'about' })).toEqual({ x: '[redacted]', y: 'about' })
  })
})

describe('the forms of a report', () => {
  it('JSON is the report itself', () => {
    const given = report({ facts: [{ label: 'Server', value: 'ldap.example.org:636' }] })
    expect(runReportSchema.parse(JSON.parse(renderReport(t, given, 'json')))).toEqual(given)
  })

  it('HTML runs nothing and Markdown breaks nothing, whatever a server said', () => {
    const hostile = '<img src=x onerror=alert(1)>|`**\n# no</code>'
    const given = report({
      summary: hostile,
      facts: [{ label: hostile, value: hostile }],
      commands: [{ purpose: hostile, line: `echo '${hostile}' \`\`\`` }],
    })
    const html = renderReport(t, given, 'html')
    expect(html).not.toMatch(/<img|<script|javascript:/i)
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    const markdown = renderReport(t, given, 'md')
    expect(markdown).toContain('\\<img')
    expect(markdown).toContain('````sh')
    const [prose = ''] = markdown.split('````sh')
    expect(prose.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1)
  })
})

describe('the lines for a shell', () => {
  it('are one word each, whatever is in them', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\0'))
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 6 }), (words) => {
        const line = ['printf', "'%s\\0'", ...words.map(shellWord)].join(' ')
        const said = execFileSync('sh', ['-c', line], { encoding: 'utf8' })
        expect(said).toBe(words.length === 0 ? '\0' : words.map((word) => `${word}\0`).join(''))
      }),
      { numRuns: 40 },
    )
  })

  it('ask for every password and carry none', () => {
    const settings = ldapSettings({
      servers: [{ host: 'ldap.example.org', port: 636, encryption: 'ldaps' }],
      caFile: "/etc/it's a ca.pem",
    })
    const lines = toolLines(t, settings, { user: 'ada', dn: 'uid=ada,ou=people,dc=example,dc=test' })
    const all = lines.map(({ line }) => line).join('\n')
    expect(all).not.toContain(settings.bindPassword)
    for (const { line } of lines) if (line.includes(' -D ')) expect(line).toContain(' -W')
    expect(lines).toHaveLength(6)
    expect(all).toContain("LDAPTLS_CACERT='/etc/it'\\''s a ca.pem' ldapsearch")
    expect(all).toContain("'(&(objectClass=inetOrgPerson)(uid=ada))'")
    expect(all).toContain('openssl s_client -connect ldap.example.org:636 -servername ldap.example.org')
  })
})
