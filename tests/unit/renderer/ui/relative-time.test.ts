import { describe, expect, it } from 'vitest'
import { clockTime, relativeTime } from '../../../../src-renderer/ui/relative-time'

const now = Date.parse('2026-11-23T12:00:00Z')

describe('relativeTime', () => {
  it.each([
    ['2026-11-23T11:59:30Z', 'now'],
    ['2026-11-23T11:01:00Z', '59 minutes ago'],
    ['2026-11-23T09:10:00Z', '2 hours ago'],
    ['2026-11-22T11:00:00Z', 'yesterday'],
    ['2026-11-01T12:00:00Z', '3 weeks ago'],
    ['2024-01-01T12:00:00Z', '2 years ago'],
    ['2026-11-23T12:14:30Z', 'in 14 minutes'],
  ])('says %s as %j', (iso, expected) => {
    expect(relativeTime(iso, now, 'en')).toBe(expected)
  })
})

describe('clockTime', () => {
  it('counts minutes and seconds, never below nothing', () => {
    expect(clockTime(7_900)).toBe('0:07')
    expect(clockTime(61_000)).toBe('1:01')
    expect(clockTime(-50)).toBe('0:00')
  })
})
