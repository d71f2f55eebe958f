import { describe, expect, it } from 'vitest'
import { importColumns, type RawRow } from '../../../src-main/core/users/import-file'
import { planImport, type Existing } from '../../../src-main/core/users/import-plan'

const nobody: Existing = { names: new Map(), emails: new Set() }
const bcrypt = '$2b$10$abcdefghijklmnopqrstuu/mhZmx86tc0SIWIk7aGsYVicC/T8Gsq'

function row(values: Partial<RawRow['values']>, line = 2): RawRow {
  const empty = Object.fromEntries(importColumns.map((column) => [column, ''])) as RawRow['values']
  return { line, values: { ...empty, username: 'ada', ...values } }
}
const plan = (values: Partial<RawRow['values']>, existing = nobody) => planImport([row(values)], existing)[0]

describe('a row of an import', () => {
  it('is a local user with what is given, and nothing else', () => {
    expect(plan({ username: 'Ada', email: 'ada@example.org', full_name: 'Ada L' })).toEqual({
      ...{ line: 2, username: 'Ada', action: 'create', code: null, field: null, problem: 'no-password' },
      account: {
        ...{
          username: 'Ada',
          email: 'ada@example.org',
          fullName: 'Ada L',
          authProvider: 'local',
          role: 'user',
        },
        ...{ disabled: false, mustChangePassword: false, passwordHash: null },
      },
    })
  })

  it.each([
    [{ auth_provider: 'LDAP' }, { authProvider: 'ldap' }, 'awaits-identity'],
    [{ auth_provider: 'oidc', role: 'Admin' }, { authProvider: 'oidc', role: 'admin' }, 'awaits-identity'],
    [{ password_hash: bcrypt }, { passwordHash: bcrypt }, null],
    [{ password_hash: bcrypt, state: 'must-change-password' }, { mustChangePassword: true }, null],
    [{ state: 'disabled', password_hash: bcrypt }, { disabled: true }, null],
  ])('with %j', (values, account, problem) => {
    expect(plan(values)).toMatchObject({ action: 'create', problem, account })
  })

  it.each([
    [{ username: '' }, 'username', 'missing', 'INVALID_INPUT'],
    [{ username: 'x'.repeat(201) }, 'username', 'too-long', 'INVALID_INPUT'],
    [{ username: 'a\u200bb' }, 'username', 'not-plain', 'INVALID_INPUT'],
    [{ email: 'not an address' }, 'email', 'not-email', 'INVALID_INPUT'],
    [{ full_name: 'x'.repeat(201) }, 'full_name', 'too-long', 'INVALID_INPUT'],
    [{ auth_provider: 'saml' }, 'auth_provider', 'not-known', 'INVALID_INPUT'],
    [{ role: 'root' }, 'role', 'not-known', 'INVALID_INPUT'],
    [{ state: 'locked' }, 'state', 'not-known', 'INVALID_INPUT'],
    [{ password_hash: 'secret' }, 'password_hash', 'hash-format', 'INVALID_INPUT'],
    [
      { password_hash: bcrypt, auth_provider: 'ldap' },
      'password_hash',
      'hash-not-local',
      'PASSWORD_NOT_LOCAL',
    ],
  ])('with %j is refused', (...[values, field, problem, code]) => {
    expect(plan(values)).toMatchObject({ action: 'refuse', field, problem, code, account: null })
  })

  it('whose name is taken is skipped, whose name is reserved refused; upper and lower case are one', () => {
    const names = new Map([
      ['ada', 'taken'],
      ['grace', 'reserved'],
    ] as const)
    expect(plan({ username: 'ADA' }, { names, emails: new Set() })).toMatchObject({
      action: 'skip',
      code: 'NAME_TAKEN',
    })
    expect(plan({ username: 'Ｇrace' }, { names, emails: new Set() })).toMatchObject({
      ...{ action: 'refuse', code: 'NAME_RESERVED', problem: 'name-reserved' },
    })
  })

  it('whose address another account has is refused', () => {
    const emails = new Set(['ada@example.org'])
    expect(plan({ email: 'Ada@Example.org' }, { names: new Map(), emails })).toMatchObject({
      ...{ action: 'refuse', field: 'email', problem: 'email-taken', code: 'CONFLICT' },
    })
  })

  it('that repeats an earlier one’s name or address is refused, the first is not', () => {
    const rows = [
      row({ username: 'ada', email: 'a@example.org' }, 2),
      row({ username: 'Ada' }, 3),
      row({ username: 'bob', email: 'A@example.org' }, 4),
      row({ username: 'bob', email: 'b@example.org' }, 5),
    ]
    expect(planImport(rows, nobody).map(({ line, action, problem }) => [line, action, problem])).toEqual([
      [2, 'create', 'no-password'],
      [3, 'refuse', 'twice-in-file'],
      [4, 'refuse', 'email-taken'],
      [5, 'create', 'no-password'],
    ])
  })
})
