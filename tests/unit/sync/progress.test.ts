import { describe, expect, it } from 'vitest'
import { secondsLeft } from '../../../src-main/core/sync/progress'

describe('the time that is left', () => {
  it('follows from what is to come and the rate, rounded up', () => {
    expect(secondsLeft({ done: 400, expected: 1000, perSecond: 250 })).toBe(3)
    expect(secondsLeft({ done: 1000, expected: 1000, perSecond: 250 })).toBe(0)
  })

  it('is not known without an expected number, without a rate, or once more came than was expected', () => {
    expect(secondsLeft({ done: 400, expected: null, perSecond: 250 })).toBeNull()
    expect(secondsLeft({ done: 0, expected: 1000, perSecond: 0 })).toBeNull()
    expect(secondsLeft({ done: 1001, expected: 1000, perSecond: 250 })).toBeNull()
  })
})
