import { describe, expect, it } from 'vitest'
import { findings, load, oidc } from './load'

describe('AUTH_METHOD', () => {
  it.each(['none', 'local'])('takes %s as it is', (method) => {
    expect(load(`AUTH_METHOD=${method}`).method).toBe(method)
  })

  it('ignores case and spaces around it', () => {
    expect(load('AUTH_METHOD="  Local "').method).toBe('local')
  })

  it('is local without any settings', () => {
    const settings = load('')
    expect(settings.method).toBe('local')
    expect(settings.findings).toEqual([])
  })

  it('is never silently local: an unknown value is an error that lists the valid ones', () => {
    const settings = load('AUTH_METHOD=saml')
    expect(settings.method).toBeNull()
    expect(findings(settings)).toEqual(['CONFIG_INVALID error AUTH_METHOD'])
    expect(settings.findings[0]?.message).toContain('none, local, oidc, ldap, both, all')
  })

  it('shows the derived mode as a default', () => {
    const view = load(`${oidc}\nAUTH_METHOD=\nOIDC_ENABLED=true`).views.find(
      ({ name }) => name === 'AUTH_METHOD',
    )
    expect(view).toEqual({ name: 'AUTH_METHOD', value: 'both', set: false, secret: false, source: 'default' })
  })
})

const provider = 'OIDC_ISSUER=https://id.example.org\nOIDC_CLIENT_ID=desk\n'
const directory = 'LDAP_HOST=127.0.0.1\nLDAP_BASE_DN=dc=x\nLDAP_ALLOW_ANONYMOUS=true\n'

describe('the mode without AUTH_METHOD', () => {
  it.each([
    ['OIDC on, passwords on', `${provider}OIDC_ENABLED=true`, 'both', true],
    ['OIDC on, passwords off', `${provider}OIDC_ENABLED=true\nPASSWORD_AUTH_ENABLED=false`, 'oidc', true],
    ['OIDC off', `${provider}OIDC_ENABLED=false`, 'local', false],
    ['LDAP on', `${directory}LDAP_ENABLED=true`, 'ldap', false],
    ['LDAP and passwords on', `${directory}LDAP_ENABLED=true\nPASSWORD_AUTH_ENABLED=true`, 'all', false],
    ['LDAP and OIDC on', `${provider}${directory}LDAP_ENABLED=true\nOIDC_ENABLED=true`, 'all', true],
    ['local form hidden', `${provider}OIDC_ENABLED=true\nPULSE_AUTH_HIDE_LOCAL_LOGIN=true`, 'both', true],
  ])('%s', (...[, text, method, oidcEnabled]) => {
    const settings = load(text)
    expect(settings.method).toBe(method)
    expect(settings.oidcEnabled).toBe(oidcEnabled)
  })

  it('says that a described provider is not used', () => {
    const settings = load(provider)
    expect(settings.method).toBe('local')
    expect(findings(settings)).toEqual(['CONFIG_CONTRADICTION warning AUTH_METHOD'])
  })

  it('says that a described directory is not used', () => {
    expect(findings(load('LDAP_HOST=127.0.0.1'))).toEqual(['CONFIG_CONTRADICTION warning AUTH_METHOD'])
  })
})

describe('AUTH_METHOD beside the other systems’ switches', () => {
  it.each([
    ['AUTH_METHOD=local\nOIDC_ENABLED=true', 'local', 'CONFIG_CONTRADICTION warning OIDC_ENABLED'],
    ['AUTH_METHOD=local\nLDAP_ENABLED=true', 'local', 'CONFIG_CONTRADICTION warning LDAP_ENABLED'],
    [
      'AUTH_METHOD=local\nPASSWORD_AUTH_ENABLED=false',
      null,
      'CONFIG_CONTRADICTION error PASSWORD_AUTH_ENABLED',
    ],
    [`${oidc}OIDC_ENABLED=false`, null, 'CONFIG_CONTRADICTION error OIDC_ENABLED'],
    [`${oidc}AUTH_METHOD=both\nOIDC_ENABLED=false`, 'both', 'CONFIG_CONTRADICTION warning OIDC_ENABLED'],
    ['PASSWORD_AUTH_ENABLED=false', 'local', 'CONFIG_CONTRADICTION warning PASSWORD_AUTH_ENABLED'],
  ])('%j', (text, method, finding) => {
    const settings = load(text)
    expect(settings.method).toBe(method)
    expect(findings(settings)).toContain(finding)
  })

  it('OIDC_ENABLED=false switches the providers off in both', () => {
    const settings = load(`${provider}AUTH_METHOD=both\nOIDC_ENABLED=false`)
    expect(settings.oidcEnabled).toBe(false)
  })
})

describe('AUTH_METHOD=none', () => {
  it('is a warning on a profile for trials', () => {
    expect(findings(load('AUTH_METHOD=none'))).toEqual(['CONFIG_INSECURE warning AUTH_METHOD'])
  })

  it('is refused on a profile marked as production', () => {
    const settings = load('AUTH_METHOD=none\nAUTHDESK_PRODUCTION=yes')
    expect(settings.method).toBeNull()
    expect(findings(settings)).toEqual(['CONFIG_INSECURE error AUTH_METHOD'])
  })
})
