import { describe, expect, it } from 'vitest'
import { authMethods } from '../../../src-main/contract/app'
import { signInOptionsOf } from '../../../src-main/core/sign-in/sign-in-options'
import type { Settings } from '../../../src-main/core/app/ports'
import { load } from '../settings/load'

const providers = `
OIDC_ISSUER=https://id.example.org
OIDC_CLIENT_ID=desk
OIDC_PROVIDER_NAME=Example
`

function options(settings: Partial<Settings>, breakGlass = false) {
  const found = { ...load(`AUTH_METHOD=both${providers}`), ...settings }
  return Promise.resolve(signInOptionsOf(found, breakGlass))
}

const forms = {
  none: { local: true, directory: false },
  local: { local: true, directory: false },
  oidc: null,
  ldap: { local: false, directory: true },
  both: { local: true, directory: false },
  all: { local: true, directory: true },
} as const

describe('what the sign-in page offers', () => {
  it.each(authMethods)('in mode %s', async (method) => {
    const found = await options({ method })
    expect(found.form).toEqual(forms[method])
    expect(found.passwordless).toBe(method === 'none')
    expect(found.providers.length).toBe(['oidc', 'both', 'all'].includes(method) ? 1 : 0)
    expect(found.breakGlass).toBe(false)
    expect(found.selfRegister).toBe(false)
    expect(found.forgottenPassword).toBe(['local', 'both', 'all'].includes(method))
  })

  it('hides the local form where that is set, and never the directory’s', async () => {
    const hidden = async (method: Settings['method']) =>
      (await options({ method, hideLocalLogin: true })).form
    expect([await hidden('local'), await hidden('both')]).toEqual([null, null])
    expect(await hidden('ldap')).toEqual(forms.ldap)
    expect(await hidden('all')).toEqual(forms.all)
  })

  it('has no provider while OIDC is switched off, and tells names only', async () => {
    expect((await options({ method: 'both', oidcEnabled: false })).providers).toEqual([])
    const [provider] = (await options({ method: 'both' })).providers
    expect(Object.keys(provider ?? {})).toEqual(['slug', 'name'])
  })

  it('has no form at all while the settings are broken, except for break-glass', async () => {
    expect(await options({ method: null }, true)).toMatchObject({
      form: null,
      providers: [],
      breakGlass: true,
    })
  })
})
