import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formFields } from '../../../../src-main/core/settings/form-fields'
import {
  addProvider,
  numbersIn,
  removeProvider,
  withProvider,
  type Changes,
  type Values,
} from '../../../../src-renderer/features/drafts/provider-numbers'

function after(values: Values, changes: Changes): Values {
  const entries = Object.entries({ ...values, ...changes })
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null))
}
const optional = fc.option(fc.constantFrom('a', 'b'), { nil: undefined })
const providers = fc.array(fc.record({ issuer: fc.webUrl(), name: optional, group: optional }), {
  minLength: 1,
  maxLength: 6,
})
function valuesOf(
  all: readonly { issuer: string; name: string | undefined; group: string | undefined }[],
): Values {
  const entries = all.flatMap(({ issuer, name, group }, index) => {
    const prefix = `OIDC_PROVIDER_${index + 1}_`
    return [
      [`${prefix}ISSUER`, issuer],
      ...(name === undefined ? [] : [[`${prefix}NAME`, name]]),
      ...(group === undefined ? [] : [[`${prefix}ADMIN_GROUP`, group]]),
    ]
  })
  return { AUTH_METHOD: 'both', ...(Object.fromEntries(entries) as Values) }
}

describe('numbered providers', () => {
  it('keep everything of theirs and no gap when one of them goes', () => {
    fc.assert(
      fc.property(providers, fc.nat(), (all, at) => {
        const index = at % all.length
        const left = after(valuesOf(all), removeProvider(valuesOf(all), index + 1))
        expect(left).toEqual(valuesOf(all.toSpliced(index, 1)))
      }),
    )
  })

  it('get the next number', () => {
    fc.assert(
      fc.property(providers, (all) => {
        expect(addProvider(valuesOf(all))).toEqual({ n: all.length + 1, changes: {} })
      }),
    )
    expect(addProvider({})).toEqual({ n: 1, changes: {} })
  })

  it('take the one without a number along as the first', () => {
    const values = {
      ...{ OIDC_ISSUER: 'https://id.test', OIDC_CLIENT_ID: 'desk', OIDC_PROVIDER_NAME: 'Ours' },
      ...{ OIDC_SCOPES: 'openid', OIDC_USERNAME_CLAIM: 'email', OIDC_ADMIN_GROUP: 'admins' },
    }
    const { n, changes } = addProvider(values)
    expect(n).toBe(2)
    expect(after(values, changes)).toEqual({
      ...{ OIDC_PROVIDER_1_ISSUER: 'https://id.test', OIDC_PROVIDER_1_CLIENT_ID: 'desk' },
      ...{ OIDC_PROVIDER_1_NAME: 'Ours', OIDC_PROVIDER_1_ADMIN_GROUP: 'admins' },
      ...{ OIDC_SCOPES: 'openid', OIDC_USERNAME_CLAIM: 'email' },
    })
    expect(numbersIn(after(values, changes))).toEqual([1])
  })

  it('have their fields though the core has named those of another one only', () => {
    const fields = withProvider(formFields(['OIDC_PROVIDER_1_NAME']), 4)
    expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['OIDC_PROVIDER_4_CLIENT_SECRET']))
    expect(withProvider(fields, null)).toBe(fields)
  })
})
