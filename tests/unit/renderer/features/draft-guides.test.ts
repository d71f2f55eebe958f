import { describe, expect, it } from 'vitest'
import { formFields } from '../../../../src-main/core/settings/form-fields'
import { settingOf } from '../../../../src-main/core/settings/settings-schema'
import { fieldsOf, guideIds, guideOf, nameHere } from '../../../../src-renderer/features/drafts/guides'

const fields = formFields([])
const numbered = formFields(['OIDC_PROVIDER_3_ISSUER', 'OIDC_PROVIDER_5_NAME'])

describe.each(guideIds)('the steps of %s', (id) => {
  const guide = guideOf(id)
  const shown = guide.steps.map((step) => fieldsOf(step, fields, guide).map(({ name }) => name))

  it('ask for settings that there are, each once', () => {
    const names = shown.flat()
    for (const { names: named } of guide.steps) for (const name of named) expect(names, name).toContain(name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('ask for all that the mode needs', () => {
    const needed = {
      ldap: ['LDAP_HOST', 'LDAP_BASE_DN', 'LDAP_BIND_DN', 'LDAP_BIND_PASSWORD'],
      oidc: ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
    }[id]
    for (const name of ['AUTH_METHOD', ...needed]) expect(shown.flat()).toContain(name)
  })

  it('start from values that their settings take, and never from a secret', () => {
    for (const { name: preset, values } of guide.presets) {
      for (const [name, value] of Object.entries(values)) {
        const setting = settingOf(name)
        const said = `${preset}: ${name}=${value ?? ''}`
        expect(setting?.kind.schema.safeParse(value).success, said).toBe(true)
        expect(setting?.kind.name, said).not.toBe('secret')
      }
    }
  })
})

describe('a profile with numbered providers', () => {
  it('is asked about the first one, whose settings are those that count', () => {
    const guide = guideOf('oidc')
    const names = guide.steps.flatMap((step) => fieldsOf(step, numbered, guide).map(({ name }) => name))
    for (const name of ['NAME', 'ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'SCOPE', 'CA_BUNDLE'])
      expect(names).toContain(`OIDC_PROVIDER_3_${name}`)
    expect(names).not.toContain('OIDC_ISSUER')
    expect(nameHere('OIDC_USERNAME_CLAIM', numbered)).toBe('OIDC_USERNAME_CLAIM')
    expect(nameHere('OIDC_ISSUER', fields)).toBe('OIDC_ISSUER')
  })
})
