import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bestOffset,
  offsetOf,
  whoIsOff,
  type TimeSample,
} from '../../../src-main/core/diagnostics/clock-offset'

/** A server whose clock is `ahead` by so many milliseconds reads it `way` after the question left. */
function sampleOf(ahead: number, way: number, back: number): TimeSample {
  const sent = Date.UTC(2026, 0, 1, 12)
  const stated = Math.floor((sent + way + ahead) / 1000) * 1000
  const times = { sentAt: new Date(sent), receivedAt: new Date(sent + way + back) }
  return { source: 'provider', stated: new Date(stated), ...times }
}

const times = fc.integer({ min: 0, max: 30_000 })

describe('another clock', () => {
  it('is measured within half the round trip and half a second, whichever way took how long', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600_000, max: 600_000 }), times, times, (ahead, way, back) => {
        const { seconds, uncertainty } = offsetOf(sampleOf(ahead, way, back))
        expect(uncertainty).toBeCloseTo((way + back) / 2000 + 0.5)
        expect(Math.abs(seconds - ahead / 1000)).toBeLessThanOrEqual(uncertainty + 1e-9)
      }),
    )
  })

  it('is taken from the answer with the least doubt', () => {
    expect(bestOffset([sampleOf(0, 9000, 9000), sampleOf(0, 10, 10)])?.uncertainty).toBeCloseTo(0.51)
    expect(bestOffset([])).toBeNull()
  })
})

describe('whose clock is off', () => {
  const off = (seconds: number) => ({ seconds, uncertainty: 1 })
  it.each([
    [600, 600, 'desk'],
    [600, 590, 'desk'],
    [600, 0, 'provider'],
    [0, 600, 'directory'],
    [600, -600, null],
    [600, 300, null],
    [0, 0, null],
    [600, null, null],
  ] as const)('provider %s, directory %s: %s', (provider, directory, expected) => {
    expect(whoIsOff(off(provider), directory === null ? null : off(directory))).toBe(expected)
  })
})
