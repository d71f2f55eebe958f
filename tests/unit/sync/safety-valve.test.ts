import { describe, expect, it } from 'vitest'
import { applyRefusal, removalLimit, type SyncRead } from '../../../src-main/core/sync/safety-valve'

const read: SyncRead = {
  completeness: 'complete',
  entries: 100,
  disablements: 0,
  enabledLinked: 100,
  allowed: null,
}

describe('the safety valve of a sync', () => {
  it.each([
    [0, 1],
    [1, 1],
    [19, 1],
    [20, 2],
    [29, 2],
    [200, 20],
    [100_000, 20],
  ])('of %i linked accounts lets %i be disabled', (linked, limit) => {
    expect(removalLimit(linked)).toBe(limit)
  })

  it.each([
    [{}, null],
    [{ disablements: 10 }, null],
    [{ disablements: 11 }, 'SYNC_TOO_MANY_REMOVALS'],
    [{ disablements: 11, allowed: 10 }, 'SYNC_TOO_MANY_REMOVALS'],
    [{ disablements: 11, allowed: 11 }, null],
    [{ disablements: 10, allowed: 0 }, null],
    [{ completeness: 'partial', allowed: 1000 }, 'SYNC_PARTIAL'],
    [{ completeness: 'failed', entries: 0, allowed: 1000 }, 'SYNC_PARTIAL'],
    [{ entries: 0, disablements: 100, allowed: 1000 }, 'SYNC_EMPTY_SOURCE'],
  ] as const)('with %j answers %s', (change, code) => {
    expect(applyRefusal({ ...read, ...change })).toBe(code)
  })
})
