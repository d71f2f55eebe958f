import { describe, expect, it } from 'vitest'
import { bindPassword, findings, ldap, load } from './load'

const servers = (text: string) => load(`LDAP_BASE_DN=dc=x\n${text}`).ldap.servers

describe('LDAP_HOST', () => {
  it.each([
    ['LDAP_HOST=a.example', [{ host: 'a.example', port: 389, encryption: 'none' }]],
    ['LDAP_HOST=a.example\nLDAP_USE_TLS=true', [{ host: 'a.example', port: 389, encryption: 'starttls' }]],
    ['LDAP_HOST=a.example\nLDAP_USE_SSL=true', [{ host: 'a.example', port: 636, encryption: 'ldaps' }]],
    ['LDAP_HOST=ldaps://a.example', [{ host: 'a.example', port: 636, encryption: 'ldaps' }]],
    ['LDAP_HOST=LDAPS://a.example:1636/', [{ host: 'a.example', port: 1636, encryption: 'ldaps' }]],
    [
      'LDAP_HOST=ldap://a.example\nLDAP_USE_TLS=1',
      [{ host: 'a.example', port: 389, encryption: 'starttls' }],
    ],
    ['LDAP_HOST=a.example\nLDAP_PORT=3890', [{ host: 'a.example', port: 3890, encryption: 'none' }]],
    ['LDAP_HOST=a.example:3891\nLDAP_PORT=3890', [{ host: 'a.example', port: 3891, encryption: 'none' }]],
    ['LDAP_HOST=[::1]:3890', [{ host: '::1', port: 3890, encryption: 'none' }]],
    ['LDAP_HOST=::1', [{ host: '::1', port: 389, encryption: 'none' }]],
    ['LDAP_HOST=ldaps://[fe80::1]', [{ host: 'fe80::1', port: 636, encryption: 'ldaps' }]],
    [
      'LDAP_HOST="a.example, ldaps://b.example c.example:1389"',
      [
        { host: 'a.example', port: 389, encryption: 'none' },
        { host: 'b.example', port: 636, encryption: 'ldaps' },
        { host: 'c.example', port: 1389, encryption: 'none' },
      ],
    ],
  ])('%s', (text, expected) => {
    expect(servers(text)).toEqual(expected)
  })

  it.each([
    'LDAP_HOST=http://a.example',
    'LDAP_HOST=ldap://a.example/dc=example',
    'LDAP_HOST=a.example:0',
    'LDAP_HOST=a.example:99999',
    'LDAP_HOST=ldapi://socket',
    'LDAP_HOST=[not-an-address]',
    'LDAP_HOST=user@a.example',
    'LDAP_HOST=ldaps://a.example\nLDAP_USE_SSL=false',
    'LDAP_HOST=ldap://a.example\nLDAP_USE_SSL=true',
  ])('refuses %j', (text) => {
    const settings = load(`${ldap}${text}`, bindPassword)
    expect(findings(settings)).toContain('LDAP_CONFIG_INVALID error LDAP_HOST')
    expect(settings.method).toBeNull()
  })

  it.each([
    ['LDAP_USE_TLS=true', 'CONFIG_CONTRADICTION warning LDAP_USE_TLS'],
    ['LDAP_PORT=389', 'CONFIG_CONTRADICTION warning LDAP_PORT'],
    ['LDAP_USE_SSL=false\nLDAP_USE_TLS=true\nLDAP_PORT=636', 'CONFIG_CONTRADICTION warning LDAP_PORT'],
  ])('warns about %j', (text, finding) => {
    expect(findings(load(`${ldap}${text}`, bindPassword))).toContain(finding)
  })
})

describe('required settings', () => {
  it.each(['LDAP_HOST', 'LDAP_BASE_DN', 'LDAP_BIND_DN'])('%s', (name) => {
    const settings = load(ldap.replace(new RegExp(`^${name}=.*$`, 'm'), ''), bindPassword)
    expect(settings.method).toBeNull()
    expect(findings(settings)).toEqual([`CONFIG_MISSING error ${name}`])
  })

  it('LDAP_BIND_PASSWORD', () => {
    expect(findings(load(ldap))).toEqual(['CONFIG_MISSING error LDAP_BIND_PASSWORD'])
  })

  it('of the service account only without anonymous bind', () => {
    const settings = load(
      'AUTH_METHOD=ldap\nLDAP_HOST=ldaps://a.example\nLDAP_BASE_DN=dc=x\nLDAP_ALLOW_ANONYMOUS=true',
    )
    expect(settings.method).toBe('ldap')
    expect(findings(settings)).toEqual(['CONFIG_INSECURE info LDAP_ALLOW_ANONYMOUS'])
  })

  it('are asked for only in the modes that use them', () => {
    expect(load('AUTH_METHOD=local').findings).toEqual([])
    expect(load('AUTH_METHOD=local').ldap.enabled).toBe(false)
  })

  it('that are given but wrong are not called missing too', () => {
    expect(findings(load(`${ldap}LDAP_BASE_DN=nonsense`, bindPassword))).toContain(
      'LDAP_DN_SYNTAX error LDAP_BASE_DN',
    )
    expect(findings(load(`${ldap}LDAP_BASE_DN=nonsense`, bindPassword))).not.toContain(
      'CONFIG_MISSING error LDAP_BASE_DN',
    )
  })
})

describe('unencrypted connections', () => {
  const plain = ldap.replace('LDAP_USE_SSL=true', '')

  it('to another machine are a finding', () => {
    expect(findings(load(plain, bindPassword))).toEqual(['CONFIG_INSECURE warning LDAP_USE_TLS'])
  })

  it('stay a finding where they are allowed', () => {
    const settings = load(`${plain}LDAP_ALLOW_PLAINTEXT=true`, bindPassword)
    expect(settings.ldap.allowPlaintext).toBe(true)
    expect(findings(settings)).toEqual(['CONFIG_INSECURE warning LDAP_ALLOW_PLAINTEXT'])
  })

  it.each(['127.0.0.1', 'localhost', '[::1]:389', '127.9.9.9'])('to %s are not', (host) => {
    expect(
      load(`${plain}LDAP_HOST=${host}`, bindPassword).findings.filter(
        (each) => each.code === 'CONFIG_INSECURE',
      ),
    ).toEqual([])
  })
})

describe('names and groups', () => {
  it.each([
    ['ou=people', 'ou=people,dc=example,dc=org'],
    ['ou=people,DC=Example, dc=org', 'ou=people,DC=Example, dc=org'],
    ['', 'dc=example,dc=org'],
  ])('LDAP_USER_DN %j is made absolute', (relative, absolute) => {
    expect(load(`${ldap}LDAP_USER_DN='${relative}'`).ldap.userBase).toBe(absolute)
  })

  it('role groups are those that are set', () => {
    const { roleGroups, requiredGroup } = load(
      `${ldap}LDAP_ADMIN_GROUP=admins\nLDAP_AUDITOR_GROUP=cn=a,dc=x`,
    ).ldap
    expect(roleGroups).toEqual([
      { role: 'admin', group: 'admins' },
      { role: 'auditor', group: 'cn=a,dc=x' },
    ])
    expect(requiredGroup).toBeNull()
  })

  it('a relative CA file starts at the profile’s folder', () => {
    expect(load('LDAP_TLS_CA_CERT_FILE=default.ca.pem').ldap.caFile).toBe(
      '/home/desk/profiles/default.ca.pem',
    )
    expect(load('LDAP_TLS_CA_CERT_FILE=/etc/ca.pem').ldap.caFile).toBe('/etc/ca.pem')
    expect(load('', { environment: { LDAP_TLS_CA_CERT_FILE: 'ca.pem' } }).ldap.caFile).toBe('ca.pem')
  })
})
