import { describe, expect, it } from 'vitest'
import { createOneSlot } from '../../../../src-renderer/api/one-slot'

describe('a slot for a secret', () => {
  it('gives its value away once', () => {
    const slot = createOneSlot<string>()
    slot.put('secret')
    expect(slot.take()).toBe('secret')
    expect(() => slot.take()).toThrow('empty')
  })

  it('holds only the last value', () => {
    const slot = createOneSlot<string>()
    slot.put('first')
    slot.put('second')
    expect(slot.take()).toBe('second')
    expect(() => slot.take()).toThrow('empty')
  })
})
