import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backupOf, revisionOf, timeOf } from '../../../src-main/core/application/account-row'

describe('a time as an application writes it', () => {
  it.each([
    ['2026-05-01 08:30:00.5', '2026-05-01T08:30:00.500Z'],
    ['2026-05-01 08:30:00.123456', '2026-05-01T08:30:00.123Z'],
    ['2026-04-20 10:00:00.000 +00:00', '2026-04-20T10:00:00.000Z'],
    ['2026-04-20 10:00:00+02', '2026-04-20T08:00:00.000Z'],
    ['2026-04-20 10:00:00+0530', '2026-04-20T04:30:00.000Z'],
    ['2026-04-20T10:00:00Z', '2026-04-20T10:00:00.000Z'],
    ['0001-01-01 00:00:00', null],
    ['2026-13-01 00:00:00', null],
    ['1748764800', null],
    ['', null],
    [null, null],
  ])('%s is %s', (text, time) => {
    expect(timeOf(text)).toBe(time)
  })
})

describe('the revision of a row', () => {
  const row = { id: '1', username: 'ada', hash: 'h', provider: 'local', lastSignIn: '2026-01-01 00:00:00' }

  it('changes with what is shown and not with the last sign-in', () => {
    expect(revisionOf({ ...row, lastSignIn: null })).toBe(revisionOf(row))
    for (const name of ['username', 'hash', 'provider', 'email', 'state', 'admin'])
      expect(revisionOf({ ...row, [name]: 'other' })).not.toBe(revisionOf(row))
  })
})

describe('the backup of a row', () => {
  it('holds no long value of a column that is named after a secret', () => {
    const name = fc.constantFrom('password_hash', 'password_digest', 'totp_secret', 'api_key', 'reset_token')
    fc.assert(
      fc.property(name, fc.string({ minLength: 6 }), (column, value) => {
        const [entry] = backupOf({ [column]: value })
        expect(entry?.value).toMatch(/^sha256:[0-9a-f]{16}$/)
      }),
    )
  })

  it('keeps flags, names and what is empty as they are', () => {
    const row = { password_change_required: 'true', username: 'ada', theme: null }
    expect(backupOf(row)).toEqual(Object.entries(row).map(([column, value]) => ({ column, value })))
  })
})
