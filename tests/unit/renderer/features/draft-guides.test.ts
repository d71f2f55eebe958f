import { describe, expect, it } from 'vitest'
import { formFields } from '../../../../src-main/core/settings/form-fields'
import { productRules, type Product } from '../../../../src-main/core/oidc/rule-book/products'
import { settingOf } from '../../../../src-main/core/settings/settings-schema'
import { fieldsOf, guideIds, guideOf } from '../../../../src-renderer/features/drafts/guides'
import { providerPresets } from '../../../../src-renderer/features/drafts/presets'
import en from '../../../../src-renderer/locales/en.json'

const fields = formFields([])
const numbered = formFields(['OIDC_PROVIDER_3_ISSUER', 'OIDC_PROVIDER_5_NAME'])

describe.each(guideIds)('the steps of %s', (id) => {
  const guide = guideOf(id)
  const shown = guide.steps.map((step) => fieldsOf(step, fields, { guide, n: null }).map(({ name }) => name))

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
        expect(setting?.kind.schema.safeParse(value?.replace(/\{[^}]+\}/g, 'corp')).success, said).toBe(true)
        expect(setting?.kind.name, said).not.toBe('secret')
      }
    }
  })
})

describe('a profile with numbered providers', () => {
  it.each([3, 5])('is asked about provider %s, with what all of them share', (n) => {
    const guide = guideOf('oidc')
    const names = guide.steps.flatMap((step) =>
      fieldsOf(step, numbered, { guide, n }).map(({ name }) => name),
    )
    for (const name of ['NAME', 'SLUG', 'ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'SCOPE', 'CA_BUNDLE'])
      expect(names).toContain(`OIDC_PROVIDER_${n}_${name}`)
    expect(names).not.toContain('OIDC_ISSUER')
    expect(names).toContain('OIDC_USERNAME_CLAIM')
  })
})

describe('the presets of providers', () => {
  it('are one for each product, with the steps of its portal', () => {
    expect(providerPresets.map(({ id }) => id)).toEqual(Object.keys(en.draft.portal))
  })

  it('leave no template that could be saved as it stands', () => {
    const issuer = settingOf('OIDC_ISSUER')?.kind.schema
    for (const { values } of providerPresets) {
      const template = values['OIDC_ISSUER'] ?? ''
      if (template.includes('{')) expect(issuer?.safeParse(template).success, template).toBe(false)
    }
  })

  it('form an issuer that the rule book knows as this product’s, once the braces are replaced', () => {
    const issuers = {
      entra: 'entra',
      okta: 'okta',
      keycloak: 'keycloak',
      authentik: 'authentik',
      google: 'google',
      auth0: 'auth0',
    }
    for (const [id, product] of Object.entries(issuers) as [string, Product][]) {
      const template = providerPresets.find((preset) => preset.id === id)?.values['OIDC_ISSUER'] ?? ''
      expect(template.replace(/\{[^}]+\}/g, 'corp'), id).toMatch(productRules[product].issuer ?? /^$/)
    }
  })
})
