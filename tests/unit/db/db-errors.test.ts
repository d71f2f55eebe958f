import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import { isUniqueViolation, translateDbError } from '../../../src-main/core/db/db-errors'

const vendor = (code: string, message = code): Error => Object.assign(new Error(message), { code })

describe('errors of the database', () => {
  it.each([
    ['SQLITE_READONLY', 'DB_READ_ONLY'],
    ['SQLITE_FULL', 'DB_DISK_FULL'],
    ['ENOSPC', 'DB_DISK_FULL'],
    ['SQLITE_CORRUPT', 'DB_CORRUPT'],
    ['SQLITE_NOTADB', 'DB_CORRUPT'],
    ['SQLITE_BUSY', 'DB_BUSY'],
    ['SQLITE_CANTOPEN', 'DB_UNAVAILABLE'],
    ['ENOENT', 'DB_UNAVAILABLE'],
  ])('%s is %s, however deep it is wrapped', (code, expected) => {
    const error = vendor(code)
    const sequelize = Object.assign(new Error('wrapped'), { original: error })
    const umzug = new Error('Migration failed', { cause: sequelize })
    for (const each of [error, sequelize, umzug]) {
      const translated = translateDbError(each, '/nowhere/at/all.sqlite')
      expect(translated).toBeInstanceOf(AppError)
      expect(translated).toMatchObject({ code: expected, cause: each })
    }
  })

  it('leaves our own errors and bugs as they are', () => {
    const own = new AppError('NAME_TAKEN')
    expect(translateDbError(own, '/x')).toBe(own)
    expect(translateDbError(new Error('step failed', { cause: own }), '/x')).toBe(own)
    const bug = vendor('SQLITE_ERROR', 'near "SELEKT": syntax error')
    expect(translateDbError(bug, '/x')).toBe(bug)
  })

  it('tells which column is not unique', () => {
    const taken = vendor(
      'SQLITE_CONSTRAINT',
      'SQLITE_CONSTRAINT: UNIQUE constraint failed: users.username_folded',
    )
    expect(isUniqueViolation({ original: taken }, 'users.username_folded')).toBe(true)
    expect(isUniqueViolation({ original: taken }, 'users.id')).toBe(false)
    expect(isUniqueViolation(vendor('SQLITE_CONSTRAINT', 'CHECK constraint failed: role'), 'users.id')).toBe(
      false,
    )
  })
})
