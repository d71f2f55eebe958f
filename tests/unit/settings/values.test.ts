import { describe, expect, it } from 'vitest'
import { findings, load } from './load'

const truths = [
  ['true', true],
  ['TRUE', true],
  ['1', true],
  ['yes', true],
  ['On', true],
  ['false', false],
  ['0', false],
  ['No', false],
  ['off', false],
] as const

describe('booleans', () => {
  it.each(truths)('%s', (text, value) => {
    expect(load(`ALLOW_SELF_REGISTER=${text}`).selfRegister).toBe(value)
  })

  it.each(['maybe', 'y', '2', 'constructor'])('refuse %s with the name of the setting', (text) => {
    const settings = load(`ALLOW_SELF_REGISTER=${text}`)
    expect(settings.method).toBeNull()
    expect(findings(settings)).toEqual(['CONFIG_INVALID error ALLOW_SELF_REGISTER'])
    expect(settings.findings[0]?.message).toContain('ALLOW_SELF_REGISTER')
  })
})

describe('whole numbers', () => {
  it.each([
    ['LDAP_PORT=0', 'LDAP_PORT'],
    ['LDAP_PORT=65536', 'LDAP_PORT'],
    ['LDAP_PORT=389x', 'LDAP_PORT'],
    ['LDAP_TIMEOUT=121', 'LDAP_TIMEOUT'],
    ['LDAP_TIMEOUT=1.5', 'LDAP_TIMEOUT'],
    ['PASSWORD_MIN_LENGTH=7', 'PASSWORD_MIN_LENGTH'],
    ['SESSION_MAX_HOURS=0', 'SESSION_MAX_HOURS'],
    ['OIDC_LOOPBACK_PORTS=49200,70000', 'OIDC_LOOPBACK_PORTS'],
  ])('refuse %s', (text, setting) => {
    expect(findings(load(text))).toContain(`CONFIG_INVALID error ${setting}`)
  })

  it('keep their defaults where none is given', () => {
    expect(load('')).toMatchObject({
      passwordMinLength: 12,
      sessionHours: 8,
      ldap: { timeout: 10, pageSize: 1000 },
    })
  })
})

describe('lists', () => {
  it('are trimmed, and lose what differs only in case', () => {
    expect(load('ADMIN_USERNAMES=" ada, bob ,,Ada"').adminUsernames).toEqual(['ada', 'bob'])
  })

  it('may be a JSON array, for names with spaces', () => {
    const settings = load(
      'OIDC_ISSUER=https://id.example.org\nOIDC_ALLOWED_GROUPS=\'["Domain Admins","ops"]\'',
    )
    expect(settings.oidc[0]?.allowedGroups).toEqual(['Domain Admins', 'ops'])
  })

  it('refuse a broken JSON array', () => {
    expect(findings(load('OIDC_ALLOWED_GROUPS=["a"'))).toContain('CONFIG_INVALID error OIDC_ALLOWED_GROUPS')
  })
})

describe('an empty value', () => {
  it('counts as not given', () => {
    expect(load('LDAP_TIMEOUT=\nADMIN_USERNAMES=').ldap.timeout).toBe(10)
  })

  it('in the environment leaves the file’s value in place', () => {
    expect(load('LDAP_TIMEOUT=7', { environment: { LDAP_TIMEOUT: '' } }).ldap.timeout).toBe(7)
  })

  it('is a value where the table says so', () => {
    const base = 'LDAP_BASE_DN=dc=example,dc=org\n'
    expect(load(base).ldap.userBase).toBe('ou=users,dc=example,dc=org')
    expect(load(`${base}LDAP_USER_DN=`).ldap.userBase).toBe('dc=example,dc=org')
  })
})

describe('the syntax of directory values', () => {
  it.each([
    ['LDAP_BASE_DN=example.org', 'LDAP_DN_SYNTAX error LDAP_BASE_DN'],
    ['LDAP_BIND_DN=reader', 'LDAP_DN_SYNTAX error LDAP_BIND_DN'],
    ['LDAP_USER_FILTER=(&(objectClass=person)', 'LDAP_FILTER_SYNTAX error LDAP_USER_FILTER'],
    ['LDAP_USER_LOGIN_ATTR=uid)(cn', 'CONFIG_INVALID error LDAP_USER_LOGIN_ATTR'],
  ])('refuses %s', (text, finding) => {
    expect(findings(load(text))).toContain(finding)
  })

  it.each(['cn=reader,dc=example,dc=org', 'reader@example.org', 'EXAMPLE\\reader'])('binds as %s', (name) => {
    expect(load(`LDAP_BIND_DN='${name}'`).ldap.bindDn).toBe(name)
  })
})
