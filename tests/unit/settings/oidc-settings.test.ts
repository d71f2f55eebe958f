import { describe, expect, it } from 'vitest'
import { findings, load, oidc } from './load'

const one = `AUTH_METHOD=oidc
OIDC_PROVIDER_1_NAME=Our Keycloak!
OIDC_PROVIDER_1_ISSUER=https://one.example.org
OIDC_PROVIDER_1_CLIENT_ID=desk
`
const two = one
  .replace('AUTH_METHOD=oidc\n', '')
  .replaceAll('_1_', '_2_')
  .replaceAll('one.', 'two.')
  .replace('Our Keycloak!', 'Second')
const provider = (text: string) => load(text).oidc[0]

describe('the provider without a number', () => {
  it('has the defaults of the source systems', () => {
    const settings = load(oidc)
    expect(settings.findings).toEqual([])
    expect(settings.oidc).toHaveLength(1)
    expect(settings.oidc[0]).toMatchObject({
      slug: 'default',
      issuer: 'https://id.example.org',
      clientId: 'desk',
      clientSecret: null,
      scopes: ['openid', 'profile', 'email'],
      usernameClaim: 'preferred_username',
      fullNameClaim: 'name',
      emailClaim: 'email',
      groupsClaim: 'groups',
      roleSyncMode: 'sync',
      autoProvision: true,
      redirectUri: null,
      loopback: { host: '127.0.0.1', ports: [], path: '/callback' },
      timeout: 10,
      retries: 3,
      retryDelay: 2,
      missing: [],
    })
  })

  it.each(['OIDC_ISSUER', 'OIDC_CLIENT_ID'])('needs %s', (name) => {
    const settings = load(oidc.replace(new RegExp(`^${name}=.*$`, 'm'), ''))
    expect(settings.method).toBeNull()
    expect(findings(settings)).toEqual([`CONFIG_MISSING error ${name}`])
    expect(settings.oidc[0]?.missing).toEqual([name])
  })

  it('is asked for where there is none at all', () => {
    expect(findings(load('AUTH_METHOD=both'))).toEqual([
      'CONFIG_MISSING error OIDC_ISSUER',
      'CONFIG_MISSING error OIDC_CLIENT_ID',
    ])
  })

  it('takes the names of tududi and Pulse', () => {
    const text =
      'OIDC_ENABLED=true\nOIDC_PROVIDER_NAME=Pocket ID\nOIDC_PROVIDER_SLUG=pocket\nOIDC_ISSUER_URL=https://p.example'
    expect(provider(`${text}\nOIDC_CLIENT_ID=x\nOIDC_SCOPE="email  profile"`)).toMatchObject({
      name: 'Pocket ID',
      slug: 'pocket',
      issuer: 'https://p.example',
      scopes: ['openid', 'email', 'profile'],
    })
  })

  it.each([
    ['OIDC_ROLE_GROUP_MAP=\'{"ops":"admin","desk":"Helpdesk"}\'', { ops: 'admin', desk: 'helpdesk' }],
    ['OIDC_GROUP_ROLE_MAPPINGS=ops=admin,desk=helpdesk', { ops: 'admin', desk: 'helpdesk' }],
    ['OIDC_ROLE_GROUP_MAP=\'{"ops":"manager"}\'', {}],
  ])('%s', (text, map) => {
    expect(provider(oidc + text)?.roleGroupMap).toEqual(map)
  })

  it('says that an unknown role of the map is left out', () => {
    expect(findings(load(`${oidc}OIDC_ROLE_GROUP_MAP='{"ops":"manager"}'`))).toEqual([
      'CONFIG_NO_EFFECT warning OIDC_ROLE_GROUP_MAP',
    ])
  })

  it.each(['nonsense', '{"ops":1}', '{"ops"', '[]'])('refuses the role map %s', (text) => {
    expect(findings(load(`${oidc}OIDC_ROLE_GROUP_MAP='${text}'`))).toContain(
      'CONFIG_INVALID error OIDC_ROLE_GROUP_MAP',
    )
  })

  it('folds addresses and domains', () => {
    const text =
      'OIDC_ADMIN_EMAILS=Ada@Example.org\nOIDC_ALLOWED_DOMAINS="@Example.org b.example"\nOIDC_ADMIN_EMAIL_DOMAINS=@C.example'
    expect(provider(oidc + text)).toMatchObject({
      adminEmails: ['ada@example.org'],
      allowedDomains: ['example.org', 'b.example'],
      adminEmailDomains: ['c.example'],
    })
  })
})

describe('unknown people', () => {
  it.each([
    ['', true],
    ['ALLOW_SELF_REGISTER=false', false],
    ['ALLOW_SELF_REGISTER=false\nOIDC_AUTO_PROVISION=true', true],
    ['ALLOW_SELF_REGISTER=true\nOIDC_AUTO_PROVISION=no', false],
  ])('%j: an account is made: %s', (text, made) => {
    expect(provider(oidc + text)?.autoProvision).toBe(made)
  })
})

describe('the issuer', () => {
  it.each([
    ['https://id.example.org/.well-known/openid-configuration', 'CONFIG_INVALID error OIDC_ISSUER'],
    ['https://id.example.org/?tenant=1', 'CONFIG_INVALID error OIDC_ISSUER'],
    ['https://login.microsoftonline.com/<tenant>/v2.0', 'CONFIG_INVALID error OIDC_ISSUER'],
    ['id.example.org', 'CONFIG_INVALID error OIDC_ISSUER'],
    ['ftp://id.example.org', 'CONFIG_INVALID error OIDC_ISSUER'],
    ['http://id.example.org', 'CONFIG_INSECURE warning OIDC_ISSUER'],
  ])('%s', (issuer, finding) => {
    expect(findings(load(oidc.replace('https://id.example.org', issuer)))).toContain(finding)
  })

  it('may be http on this machine', () => {
    expect(load(oidc.replace('https://id.example.org', 'http://127.0.0.1:8080')).findings).toEqual([])
  })

  it('keeps its trailing slash: it is compared letter by letter', () => {
    expect(provider(oidc.replace('id.example.org', 'id.example.org/application/o/desk/'))?.issuer).toBe(
      'https://id.example.org/application/o/desk/',
    )
  })
})

describe('numbered providers', () => {
  it('are read in order, each with a short name made from its name', () => {
    const settings = load(one + two)
    expect(settings.findings).toEqual([])
    expect(settings.oidc.map(({ slug, name, issuer }) => [slug, name, issuer])).toEqual([
      ['our-keycloak', 'Our Keycloak!', 'https://one.example.org'],
      ['second', 'Second', 'https://two.example.org'],
    ])
  })

  it('end at a gap, which is said', () => {
    const settings = load(one + two.replaceAll('_2_', '_3_'))
    expect(settings.oidc.map(({ slug }) => slug)).toEqual(['our-keycloak'])
    expect(findings(settings)).toEqual(['CONFIG_NUMBER_GAP warning OIDC_PROVIDER_2_NAME'])
    expect(settings.views.map(({ name }) => name)).toContain('OIDC_PROVIDER_3_ISSUER')
  })

  it('that start at 2 are no providers', () => {
    const settings = load(`AUTH_METHOD=oidc\n${two}`)
    expect(settings.oidc).toEqual([])
    expect(findings(settings)).toContain('CONFIG_NUMBER_GAP warning OIDC_PROVIDER_1_NAME')
    expect(settings.method).toBeNull()
  })

  it('an incomplete one is left out while another one is complete', () => {
    const settings = load(one + two.replace(/.*CLIENT_ID.*\n/, ''))
    expect(settings.method).toBe('oidc')
    expect(findings(settings)).toEqual(['CONFIG_MISSING warning OIDC_PROVIDER_2_CLIENT_ID'])
    expect(settings.oidc[1]?.missing).toEqual(['OIDC_PROVIDER_2_CLIENT_ID'])
  })

  it('an incomplete only one is an error', () => {
    const settings = load(one.replace(/.*ISSUER.*\n/, ''))
    expect(settings.method).toBeNull()
    expect(findings(settings)).toEqual(['CONFIG_MISSING error OIDC_PROVIDER_1_ISSUER'])
  })

  it('need different short names', () => {
    const settings = load(`${one}${two}OIDC_PROVIDER_2_SLUG=Our-Keycloak`)
    expect(settings.method).toBeNull()
    expect(findings(settings)).toEqual(['CONFIG_CONTRADICTION error OIDC_PROVIDER_2_SLUG'])
  })

  it.each(['a b', 'a/b', '-a', 'ä', 'a'.repeat(65)])('refuse the short name %s', (slug) => {
    expect(findings(load(`${one}OIDC_PROVIDER_1_SLUG=${slug}`))).toEqual([
      'CONFIG_INVALID error OIDC_PROVIDER_1_SLUG',
    ])
  })

  it('with one issuer twice are a finding', () => {
    const settings = load(one + two.replace('two.', 'one.'))
    expect(findings(settings)).toEqual(['CONFIG_CONTRADICTION warning OIDC_PROVIDER_2_ISSUER'])
  })

  it('make the form without a number void', () => {
    const settings = load(`${one}OIDC_ISSUER=https://id.example.org`)
    expect(settings.oidc.map(({ issuer }) => issuer)).toEqual(['https://one.example.org'])
    expect(findings(settings)).toEqual(['CONFIG_CONTRADICTION warning OIDC_ISSUER'])
  })

  it('inherit what restricts, not what grants', () => {
    const settings = load(`${one}OIDC_ALLOWED_DOMAINS=example.org\nOIDC_ADMIN_GROUP=ops`)
    expect(settings.oidc[0]).toMatchObject({ allowedDomains: ['example.org'], adminGroup: null })
    expect(findings(settings)).toEqual(['CONFIG_NO_EFFECT warning OIDC_ADMIN_GROUP'])
  })

  it('take their secret from the store', () => {
    const secrets = { OIDC_PROVIDER_1_CLIENT_SECRET: 'stored' }
    expect(load(one, { secrets }).oidc[0]?.clientSecret).toBe('stored')
  })

  it('know their fields', () => {
    expect(findings(load(`${one}OIDC_PROVIDER_1_COLOR=red`))).toEqual([
      'CONFIG_UNKNOWN warning OIDC_PROVIDER_1_COLOR',
    ])
    expect(findings(load(`${one}OIDC_PROVIDER_01_NAME=x`))).toEqual([
      'CONFIG_UNKNOWN warning OIDC_PROVIDER_01_NAME',
    ])
  })
})

describe('the redirect URI', () => {
  const loopback = (text: string) => provider(oidc + text)?.loopback

  it.each([
    ['http://127.0.0.1:49200/cb', { host: '127.0.0.1', ports: [49200], path: '/cb' }],
    ['http://localhost/callback', { host: 'localhost', ports: [], path: '/callback' }],
    ['http://[::1]:5000/', { host: '[::1]', ports: [5000], path: '/' }],
  ])('%s on this machine says where to listen', (uri, expected) => {
    expect(loopback(`OIDC_REDIRECT_URI=${uri}`)).toEqual(expected)
  })

  it.each(['https://app.example.org/auth/oidc/callback', 'https://localhost:8443/callback'])(
    '%s belongs to the application',
    (uri) => {
      const settings = load(
        `${oidc}OIDC_REDIRECT_URL=${uri}\nOIDC_LOOPBACK_PORTS=49200,49201\nOIDC_LOOPBACK_HOST=LOCALHOST`,
      )
      expect(settings.oidc[0]?.redirectUri).toBe(uri)
      expect(settings.oidc[0]?.loopback).toEqual({
        host: 'localhost',
        ports: [49200, 49201],
        path: '/callback',
      })
      expect(settings.findings).toEqual([])
    },
  )

  it.each([
    ['http://app.example.org/cb', 'CONFIG_INSECURE warning OIDC_REDIRECT_URI'],
    ['https://app.example.org/cb/', 'CONFIG_INVALID info OIDC_REDIRECT_URI'],
    ['https://app.example.org/cb#x', 'CONFIG_INVALID error OIDC_REDIRECT_URI'],
    [
      "https://app.example.org/cb'\nBASE_URL='http://app.example.org",
      'CONFIG_CONTRADICTION warning OIDC_REDIRECT_URI',
    ],
    [
      "https://app.example.org/cb'\nBASE_URL='https://app.example.org:8443",
      'CONFIG_CONTRADICTION warning OIDC_REDIRECT_URI',
    ],
    [
      "http://127.0.0.1/cb'\nBASE_URL='https://app.example.org",
      'CONFIG_CONTRADICTION warning OIDC_REDIRECT_URI',
    ],
    ['/cb', 'CONFIG_INVALID error OIDC_REDIRECT_URI'],
  ])('%s is linted', (uri, finding) => {
    expect(findings(load(`${oidc}OIDC_REDIRECT_URI='${uri}'`))).toEqual([finding])
  })

  it('follows from the application’s address', () => {
    expect(provider(`${oidc}BASE_URL=https://app.example.org/`)?.redirectUri).toBe(
      'https://app.example.org/api/oidc/callback/default',
    )
  })

  it('counts before OIDC_LOOPBACK_PORTS, which is said', () => {
    const settings = load(`${oidc}OIDC_REDIRECT_URI=http://127.0.0.1:5000/cb\nOIDC_LOOPBACK_PORTS=6000`)
    expect(settings.oidc[0]?.loopback.ports).toEqual([5000])
    expect(findings(settings)).toEqual(['CONFIG_CONTRADICTION warning OIDC_LOOPBACK_PORTS'])
  })
})

describe('the address after a sign-out at the provider', () => {
  const after = (text: string) => provider(oidc + text)?.postLogout

  it.each([
    ['http://127.0.0.1:5000', { host: '127.0.0.1', ports: [5000], path: '/' }],
    ['http://localhost/bye', { host: 'localhost', ports: [6000], path: '/bye' }],
    ['https://app.example.org/bye', null],
    ['https://localhost:8443/bye', null],
  ])('%s', (uri, loopback) => {
    const text = `OIDC_POST_LOGOUT_REDIRECT_URI=${uri}\nOIDC_LOOPBACK_PORTS=6000`
    expect(after(text)).toEqual({ uri, loopback })
  })

  it('is every provider’s, and nobody’s where it is not set', () => {
    const numbered =
      'OIDC_PROVIDER_1_NAME=a\nOIDC_PROVIDER_1_ISSUER=https://a.test\nOIDC_PROVIDER_1_CLIENT_ID=c\n'
    const uri = 'https://app.example.org/bye'
    const settings = load(`AUTH_METHOD=oidc\n${numbered}OIDC_POST_LOGOUT_REDIRECT_URI=${uri}`)
    expect(settings.oidc.map(({ postLogout }) => postLogout?.uri)).toEqual([uri])
    expect(after('')).toBeNull()
  })
})

it('teams and groups need different claims', () => {
  const settings = load(`${oidc}OIDC_TEAMS_CLAIM=groups`)
  expect(findings(settings)).toContain('CONFIG_CONTRADICTION error OIDC_TEAMS_CLAIM')
})
