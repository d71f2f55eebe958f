import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applicationFindings,
  applicationProviders,
  applicationStates,
} from '../../../../src-main/contract/application'
import { applicationAddress, parseApplicationRoute } from '../../../../src-renderer/state/application-route'

describe('the address of the application’s accounts', () => {
  it('is plain for the plain page, and what it does not know is ignored', () => {
    expect(applicationAddress(parseApplicationRoute(''))).toBe('/application')
    expect(parseApplicationRoute('provider=ldap,king&state=&finding=none')).toMatchObject({
      ...{ providers: ['ldap'], states: [], findings: [], account: null },
    })
  })

  it('says again what it was made of', () => {
    const route = fc.record({
      search: fc.string({ maxLength: 50 }),
      providers: fc.subarray([...applicationProviders]),
      states: fc.subarray([...applicationStates]),
      findings: fc.subarray([...applicationFindings]),
      account: fc.option(fc.string({ minLength: 1 })),
    })
    fc.assert(
      fc.property(route, (given) => {
        const [, search = ''] = applicationAddress(given).split(/\?(.*)/s)
        expect(parseApplicationRoute(search)).toEqual(given)
      }),
    )
  })
})
