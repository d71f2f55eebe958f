import { describe, expect, it } from 'vitest'
import {
  accountLimit,
  consoleLimit,
  countedSince,
  delayedUntil,
  lockedUntil,
} from '../../../src-main/core/sign-in/limits'

const start = Date.parse('2025-03-01T09:00:00.000Z')
const at = (minutes: number): Date => new Date(start + minutes * 60_000)
const after = (date: Date | null): number | null => date && (date.getTime() - start) / 60_000
/** What the store would return: failures since then. */
const stored = (minutes: readonly number[], now: number) =>
  minutes.map(at).filter((time) => time >= countedSince(at(now)) && time <= at(now))

const locked = (minutes: readonly number[], now: number, limit = accountLimit) =>
  after(lockedUntil(stored(minutes, now), limit, at(now)))

describe('a lock', () => {
  it('follows the fifth failure in 15 minutes and lasts 15 minutes from it', () => {
    const failures = [0, 1, 2, 3, 4]
    expect(locked(failures.slice(0, 4), 4)).toBeNull()
    expect(locked(failures, 4)).toBe(19)
    expect(locked(failures, 18.999)).toBe(19)
    expect(locked(failures, 19)).toBeNull()
  })

  it('lasts as long where the first failures were long before the fifth', () => {
    const failures = [0, 3, 6, 9, 12]
    for (const now of [12, 15, 16, 20, 26.999]) expect(locked(failures, now), `minute ${now}`).toBe(27)
    expect(locked(failures, 27)).toBeNull()
  })

  it('does not follow failures that are further apart', () => {
    expect(locked([0, 4, 8, 12, 15], 15)).toBeNull()
    expect(locked([0, 4, 8, 12, 14.999], 15)).toBe(29.999)
    expect(locked([0, 10, 20, 30, 40, 50], 50)).toBeNull()
  })

  it('does not come back with a single failure after its end', () => {
    expect(locked([0, 1, 2, 3, 12, 27.5], 27.5)).toBeNull()
    expect(locked([0, 1, 2, 3, 12, 27.5, 27.6, 27.7, 27.8, 27.9], 28)).toBe(42.9)
  })

  it('is not shortened by a failure of somebody else in between', () => {
    const burst = Array.from({ length: consoleLimit }, (_, index) => index / 3)
    const end = 29 / 3 + 15
    expect(locked(burst, 10, consoleLimit)).toBeCloseTo(end)
    expect(locked([...burst, 20], 20, consoleLimit)).toBeCloseTo(end)
  })

  it('of the whole console follows the thirtieth', () => {
    const burst = Array.from({ length: consoleLimit }, (_, index) => index / 10)
    expect(locked(burst.slice(1), 5, consoleLimit)).toBeNull()
    expect(locked(burst, 5, consoleLimit)).toBeCloseTo(17.9)
  })

  it('needs failures', () => {
    expect(locked([], 0)).toBeNull()
  })
})

describe('the last administrator', () => {
  const seconds = (count: number, sinceLast: number): number | null => {
    const failures = Array.from({ length: count }, () => at(0))
    const now = new Date(start + sinceLast * 1000)
    const until = delayedUntil(failures, now)
    return until && (until.getTime() - start) / 1000
  }

  it('waits a doubling time after the fifth failure, at most a minute', () => {
    expect([4, 5, 6, 7, 8, 9, 10, 11, 12, 40].map((count) => seconds(count, 0))).toEqual([
      ...[null, 1, 2, 4, 8, 16, 32, 60, 60, 60],
    ])
  })

  it('may try again as soon as that is over, and is never locked out', () => {
    expect(seconds(5, 0.999)).toBe(1)
    expect(seconds(5, 1)).toBeNull()
    expect(seconds(1000, 60)).toBeNull()
  })

  it('starts anew once the failures are 15 minutes old', () => {
    expect(seconds(40, 15 * 60)).toBeNull()
  })
})
