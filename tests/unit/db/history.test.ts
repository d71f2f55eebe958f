import { describe, expect, it } from 'vitest'
import { pendingOf } from '../../../src-main/core/db/history'

const available = ['001-a', '002-b', '003-c']

function refusal(applied: readonly string[]): unknown {
  try {
    return pendingOf(applied, available)
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

describe('the applied history against the available one', () => {
  it('leaves what comes after the common beginning', () => {
    expect(pendingOf([], available)).toEqual(available)
    expect(pendingOf(['001-a'], available)).toEqual(['002-b', '003-c'])
    expect(pendingOf(available, available)).toEqual([])
  })

  it.each([
    ['goes on behind our last step', ['001-a', '002-b', '003-c', '004-d'], 'DB_NEWER'],
    ['has a gap', ['001-a', '003-c'], 'DB_MIGRATION_MISMATCH'],
    ['has another order', ['002-b', '001-a'], 'DB_MIGRATION_MISMATCH'],
    ['has a stranger in the middle', ['001-a', '002-x', '003-c'], 'DB_MIGRATION_MISMATCH'],
    ['has a stranger instead of our last', ['001-a', '002-b', '003-x'], 'DB_MIGRATION_MISMATCH'],
    ['goes on, but differs before', ['001-a', '002-x', '003-c', '004-d'], 'DB_MIGRATION_MISMATCH'],
  ])('refuses one that %s', (_what, applied, code) => {
    expect(refusal(applied)).toBe(code)
  })
})
