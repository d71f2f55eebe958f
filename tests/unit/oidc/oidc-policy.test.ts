import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isOfAdminDomain,
  mappedRoles,
  refusalOf,
  type OidcFacts,
} from '../../../src-main/core/oidc/oidc-policy'

const ada: OidcFacts = {
  email: 'Ada@Example.org',
  emailVerified: true,
  groups: ['staff'],
  groupsOverage: false,
}
const open = { allowedEmails: [], allowedDomains: [], allowedGroups: [] }

describe('allowed lists', () => {
  test('no list lets everybody in, even without any claim', () => {
    expect(
      refusalOf({ email: null, emailVerified: null, groups: null, groupsOverage: false }, open),
    ).toBeNull()
  })

  test.each([
    [{ allowedEmails: ['ada@example.org'] }, null],
    [{ allowedEmails: ['grace@example.org'] }, 'OIDC_NOT_ALLOWED_EMAIL'],
    [{ allowedDomains: ['EXAMPLE.org'] }, null],
    [{ allowedDomains: ['@example.org'] }, null],
    [{ allowedDomains: ['org'] }, 'OIDC_NOT_ALLOWED_DOMAIN'],
    [{ allowedDomains: ['sub.example.org'] }, 'OIDC_NOT_ALLOWED_DOMAIN'],
    [{ allowedGroups: ['Staff'] }, null],
    [{ allowedGroups: ['admins'] }, 'OIDC_NOT_ALLOWED_GROUP'],
    [{ allowedEmails: ['ada@example.org'], allowedGroups: ['admins'] }, 'OIDC_NOT_ALLOWED_GROUP'],
    [
      { allowedEmails: ['x@example.org'], allowedDomains: ['x.org'], allowedGroups: ['x'] },
      'OIDC_NOT_ALLOWED_EMAIL',
    ],
  ])('%j', (lists, refusal) => {
    expect(refusalOf(ada, { ...open, ...lists })).toBe(refusal)
  })

  test.each([false, null])('an address with email_verified %s is on no list', (emailVerified) => {
    const facts = { ...ada, emailVerified }
    expect(refusalOf(facts, { ...open, allowedEmails: ['ada@example.org'] })).toBe('OIDC_EMAIL_UNVERIFIED')
    expect(refusalOf(facts, { ...open, allowedDomains: ['example.org'] })).toBe('OIDC_EMAIL_UNVERIFIED')
  })

  test('no address, no groups, too many groups', () => {
    expect(refusalOf({ ...ada, email: null }, { ...open, allowedDomains: ['example.org'] })).toBe(
      'OIDC_NO_EMAIL',
    )
    const noGroups = { ...ada, groups: null }
    expect(refusalOf(noGroups, { ...open, allowedGroups: ['staff'] })).toBe('OIDC_NOT_ALLOWED_GROUP')
    const overage = { ...noGroups, groupsOverage: true }
    expect(refusalOf(overage, { ...open, allowedGroups: ['staff'] })).toBe('OIDC_GROUPS_OVERAGE')
  })

  test('a further list never lets somebody in whom the others refuse', () => {
    const list = fc.array(fc.constantFrom('ada@example.org', 'example.org', 'staff', 'x@y.z', 'other'), {
      maxLength: 3,
    })
    fc.assert(
      fc.property(list, list, list, (allowedEmails, allowedDomains, allowedGroups) => {
        const all = refusalOf(ada, { allowedEmails, allowedDomains, allowedGroups })
        const each = [{ allowedEmails }, { allowedDomains }, { allowedGroups }]
        const alone = each.map((one) => refusalOf(ada, { ...open, ...one }))
        expect(all).toBe(alone.find((refusal) => refusal !== null) ?? null)
      }),
    )
  })
})

describe('roles', () => {
  const none = { adminGroup: null, adminEmails: [], roleGroupMap: {} }

  test('no mapping, no change', () => {
    expect(mappedRoles(ada, none)).toBeNull()
  })

  test('an absent claim is no change, an empty one is none', () => {
    expect(mappedRoles({ ...ada, groups: null }, { ...none, adminGroup: 'admins' })).toBeNull()
    expect(mappedRoles({ ...ada, groups: [] }, { ...none, adminGroup: 'admins' })).toEqual([])
    expect(mappedRoles({ ...ada, groups: null }, { ...none, roleGroupMap: { staff: 'auditor' } })).toBeNull()
    expect(mappedRoles({ ...ada, email: null }, { ...none, adminEmails: ['ada@example.org'] })).toBeNull()
    expect(
      mappedRoles({ ...ada, emailVerified: null }, { ...none, adminEmails: ['ada@example.org'] }),
    ).toBeNull()
  })

  test('a group must match exactly, an address must be verified', () => {
    expect(mappedRoles({ ...ada, groups: ['Admins'] }, { ...none, adminGroup: 'admins' })).toEqual([])
    expect(mappedRoles({ ...ada, groups: ['admins'] }, { ...none, adminGroup: 'admins' })).toEqual(['admin'])
    expect(mappedRoles(ada, { ...none, adminEmails: ['ada@example.org'] })).toEqual(['admin'])
    expect(
      mappedRoles({ ...ada, emailVerified: false }, { ...none, adminEmails: ['ada@example.org'] }),
    ).toEqual([])
  })

  test('the map gives the union, highest first', () => {
    const roleGroupMap = { staff: 'auditor', desk: 'helpdesk' } as const
    expect(mappedRoles({ ...ada, groups: ['staff', 'desk'] }, { ...none, roleGroupMap })).toEqual([
      'helpdesk',
      'auditor',
    ])
  })

  test('a group that is named like a part of every object gives nothing', () => {
    const groups = ['constructor', '__proto__', 'toString']
    expect(mappedRoles({ ...ada, groups }, { ...none, roleGroupMap: { staff: 'admin' } })).toEqual([])
  })

  test('an administrators’ domain needs a verified address of exactly that domain', () => {
    const provider = { adminEmailDomains: ['Example.org'] }
    expect(isOfAdminDomain({ email: 'a@EXAMPLE.ORG', emailVerified: true }, provider)).toBe(true)
    expect(isOfAdminDomain({ email: 'a@example.org', emailVerified: false }, provider)).toBe(false)
    expect(isOfAdminDomain({ email: 'a@sub.example.org', emailVerified: true }, provider)).toBe(false)
    expect(isOfAdminDomain({ email: null, emailVerified: true }, provider)).toBe(false)
  })
})
