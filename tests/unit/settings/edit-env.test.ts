import { parse } from 'dotenv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editEnv } from '../../../src-main/core/settings/edit-env'

const text = `# The application's own file
export OIDC_ISSUER_URL=https://id.example.org   # our provider

LDAP_HOST = ldap.example.org
UNKNOWN_THING=stays
#LDAP_PORT=636
LDAP_USER_FILTER='(a=1
LDAP_HOST=inside)'
this line is no assignment
LDAP_HOST=second.example.org`

describe('editing a .env file', () => {
  it('changes a value in its place, under its own name, and keeps everything else', () => {
    expect(editEnv(text, { OIDC_ISSUER: 'https://new.example', LDAP_HOST: 'one.example' })).toBe(
      text
        .replace('https://id.example.org', 'https://new.example')
        .replace('LDAP_HOST = ldap.example.org', 'LDAP_HOST=one.example')
        .replace('LDAP_HOST=second.example.org', ''),
    )
  })

  it('adds new values at the end and takes removed ones out', () => {
    const edited = editEnv(text, { LDAP_PORT: '636', OIDC_ISSUER: null, LDAP_USER_FILTER: null })
    expect(edited.endsWith('LDAP_HOST=second.example.org\nLDAP_PORT=636\n')).toBe(true)
    expect(edited).not.toContain('https://id.example.org')
    expect(edited).not.toContain('inside')
    expect(edited).toContain('#LDAP_PORT=636')
  })

  it('keeps a comment behind a value, and Windows line ends', () => {
    const windows = 'A=1\r\nLDAP_HOST=a # main\r\nB=2\r\n'
    expect(editEnv(windows, { LDAP_HOST: 'b' })).toBe('A=1\r\nLDAP_HOST=b # main\r\nB=2\r\n')
    expect(editEnv(windows, { LDAP_HOST: null })).toBe('A=1\r\nB=2\r\n')
  })

  it('is begun by a profile that has no file yet', () => {
    expect(editEnv('', { LDAP_USER_DN: '', AUTH_METHOD: 'local' })).toBe('LDAP_USER_DN=\nAUTH_METHOD=local\n')
  })

  it('makes of any text exactly the wanted values, or refuses', () => {
    const names = fc.constantFrom('LDAP_HOST', 'OIDC_ISSUER', 'OIDC_ISSUER_URL', 'OTHER')
    const line = fc
      .tuple(names, fc.constantFrom('=', ' = ', ': '), fc.string())
      .map((parts) => parts.join(''))
    const lines = fc.array(fc.oneof(line, fc.string()), { maxLength: 8 }).map((all) => all.join('\n'))
    fc.assert(
      fc.property(lines, fc.option(fc.string()), (before, value) => {
        try {
          const edited = parse(editEnv(before, { LDAP_HOST: value }))
          const { LDAP_HOST: old, ...others } = parse(before)
          expect(edited, old).toEqual({ ...others, ...(value !== null && { LDAP_HOST: value }) })
          return true
        } catch (error) {
          return /settingsFileOdd|notInEnv/.test(String(error))
        }
      }),
    )
  })
})
