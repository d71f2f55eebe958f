import { describe, expect, it } from 'vitest'
import { bindPassword, findings, ldap, load } from './load'

const view = (settings: ReturnType<typeof load>, name: string) =>
  settings.views.find((each) => each.name === name)

describe('which value counts', () => {
  it('defaults, then the profile, then the environment', () => {
    const environment = { LDAP_TIMEOUT: '20' }
    expect(view(load(''), 'LDAP_TIMEOUT')).toMatchObject({ value: '10', set: false, source: 'default' })
    expect(view(load('LDAP_TIMEOUT=15'), 'LDAP_TIMEOUT')).toMatchObject({
      value: '15',
      set: true,
      source: 'profile',
    })
    const both = load('LDAP_TIMEOUT=15', { environment })
    expect(view(both, 'LDAP_TIMEOUT')).toMatchObject({ value: '20', set: true, source: 'environment' })
    expect(both.ldap.timeout).toBe(20)
  })

  it('an alias in the environment beats the name in the file, without a contradiction', () => {
    const environment = { OIDC_ISSUER_URL: 'https://env.example.org' }
    const settings = load('OIDC_ISSUER=https://file.example.org\nOIDC_CLIENT_ID=desk\nAUTH_METHOD=oidc', {
      environment,
    })
    expect(settings.findings).toEqual([])
    expect(settings.oidc[0]?.issuer).toBe('https://env.example.org')
  })
})

describe('aliases', () => {
  it('are one setting', () => {
    expect(load('PULSE_AUTH_HIDE_LOCAL_LOGIN=1').hideLocalLogin).toBe(true)
  })

  it('with different values contradict each other', () => {
    const settings = load('AUTH_HIDE_LOCAL_LOGIN=true\nPULSE_AUTH_HIDE_LOCAL_LOGIN=false')
    expect(settings.method).toBeNull()
    expect(findings(settings)).toEqual(['CONFIG_CONTRADICTION error AUTH_HIDE_LOCAL_LOGIN'])
  })

  it('with two spellings of one value do not', () => {
    expect(load('AUTH_HIDE_LOCAL_LOGIN=true\nPULSE_AUTH_HIDE_LOCAL_LOGIN=YES').findings).toEqual([])
  })
})

describe('secrets', () => {
  it('come from the store where nothing else gives them, and never reach a view', () => {
    const settings = load(ldap, bindPassword)
    expect(settings.ldap.bindPassword).toBe('from the store')
    expect(view(settings, 'LDAP_BIND_PASSWORD')).toEqual({
      name: 'LDAP_BIND_PASSWORD',
      value: null,
      set: true,
      secret: true,
      source: 'profile',
    })
    expect(findings(settings)).toEqual([])
  })

  it('in the file work, with the advice to move them', () => {
    const settings = load(`${ldap}LDAP_BIND_PASSWORD=' hunter two '`, bindPassword)
    expect(settings.ldap.bindPassword).toBe(' hunter two ')
    expect(findings(settings)).toEqual(['CONFIG_INSECURE warning LDAP_BIND_PASSWORD'])
    expect(JSON.stringify([settings.views, settings.findings])).not.toContain('hunter two')
  })

  it('in the environment are not a finding', () => {
    const settings = load(ldap, { environment: { LDAP_BIND_PASSWORD: 'secret' } })
    expect(settings.ldap.bindPassword).toBe('secret')
    expect(settings.findings).toEqual([])
  })

  it('inside an address are shown nowhere', () => {
    const settings = load(
      'LDAP_HOST=ldap://reader:hunter2@ldap.example.org\nBASE_URL=https://a:hunter2@b.example',
    )
    expect(findings(settings)).toContain('LDAP_CONFIG_INVALID error LDAP_HOST')
    expect(findings(settings)).toContain('CONFIG_INVALID error BASE_URL')
    expect(JSON.stringify([settings.views, settings.findings])).not.toContain('hunter2')
  })
})

describe('names', () => {
  it.each([
    ['LDAP_HOSTS=x', 'CONFIG_UNKNOWN warning LDAP_HOSTS', 'LDAP_HOST'],
    ['AUTHMETHOD=ldap', 'CONFIG_UNKNOWN warning AUTHMETHOD', 'AUTH_METHOD'],
    ['ldap_host=x', 'CONFIG_UNKNOWN warning ldap_host', 'LDAP_HOST'],
    ['OIDC_MAGIC=x', 'CONFIG_UNKNOWN warning OIDC_MAGIC', ''],
    ['CURRENCY=x', 'CONFIG_UNKNOWN info CURRENCY', ''],
    ['DATABASE_URL=x', 'CONFIG_NO_EFFECT info DATABASE_URL', 'own database'],
    ['SESSION_COOKIE_SECURE=true', 'CONFIG_NO_EFFECT info SESSION_COOKIE_SECURE', 'cookies'],
    ['SECRET_KEY=x', 'CONFIG_NO_EFFECT info SECRET_KEY', ''],
    ['OIDC_USE_IP_DIRECTLY=true', 'CONFIG_NO_EFFECT info OIDC_USE_IP_DIRECTLY', ''],
    ['OIDC_USE_DOCKER_INTERNAL=true', 'CONFIG_NO_EFFECT info OIDC_USE_DOCKER_INTERNAL', ''],
    ['OIDC_NEVER_REVOKE_USER_IDS=1', 'CONFIG_NO_EFFECT info OIDC_NEVER_REVOKE_USER_IDS', ''],
    ['OIDC_IP_CACHE_TTL=60', 'CONFIG_NO_EFFECT info OIDC_IP_CACHE_TTL', ''],
  ])('%s', (text, finding, hint) => {
    const settings = load(text)
    expect(findings(settings)).toEqual([finding])
    expect(settings.findings[0]?.message).toContain(hint)
    expect(settings.method).toBe('local')
  })

  it('of the environment are only judged where they begin like a setting', () => {
    const environment = {
      PATH: '/bin',
      SECRET_KEY: 'x',
      LOG_LEVEL: 'debug',
      OIDC_MAGIC: 'x',
      constructor: 'x',
    }
    expect(findings(load('', { environment }))).toEqual(['CONFIG_UNKNOWN warning OIDC_MAGIC'])
  })
})

describe('the file’s own traps', () => {
  it('an unquoted # ends the value, and is said aloud', () => {
    const settings = load('LDAP_BIND_PASSWORD=abc#def')
    expect(findings(settings)).toContain('CONFIG_INVALID warning LDAP_BIND_PASSWORD')
  })

  it.each(['A=x # a comment', "A='x#y'", 'A="x#y" # c', 'A=`x#y`', 'A=#'])('%s is no trap', (line) => {
    expect(findings(load(line))).toEqual(['CONFIG_UNKNOWN info A'])
  })

  it('a repeated name', () => {
    const settings = load('LDAP_TIMEOUT=1\nLDAP_TIMEOUT=2')
    expect(settings.ldap.timeout).toBe(2)
    expect(findings(settings)).toEqual(['CONFIG_CONTRADICTION warning LDAP_TIMEOUT'])
  })

  it('variables are not expanded', () => {
    expect(load('ADMIN_USERNAMES=${HOME}').adminUsernames).toEqual(['${HOME}'])
  })
})
