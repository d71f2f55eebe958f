import { describe, expect, it } from 'vitest'
import { auditAddress, parseAuditRoute, periodStart } from '../../../../src-renderer/state/audit-route'

describe('the address of the audit', () => {
  it('is plain where nothing is chosen', () => {
    expect(auditAddress(parseAuditRoute(''))).toBe('/audit')
  })

  it('holds what is chosen and gives it back', () => {
    const search = 'view=failures&search=ada+l&account=a1&area=users,ldap&outcome=refused&days=7&record=12'
    const route = parseAuditRoute(search)
    expect(route).toEqual({
      ...{ view: 'failures', search: 'ada l', account: 'a1', rooms: ['users', 'ldap'] },
      ...{ outcome: 'refused', period: 7, record: 12 },
    })
    expect(auditAddress(route)).toBe(`/audit?${search}`)
  })

  it('takes no notice of what it does not know', () => {
    const route = parseAuditRoute('view=x&area=x,users&outcome=maybe&days=8&record=-1&account=')
    expect(auditAddress(route)).toBe('/audit?area=users')
  })
})

describe('a period', () => {
  it('begins on the hour, so that an hour long the same is asked for', () => {
    expect(periodStart(7, new Date('2025-03-08T09:59:59Z'))).toBe('2025-03-01T09:00:00.000Z')
    expect(periodStart(7, new Date('2025-03-08T09:00:01Z'))).toBe('2025-03-01T09:00:00.000Z')
    expect(periodStart(null, new Date())).toBeNull()
  })
})
