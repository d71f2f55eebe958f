import { describe, expect, it } from 'vitest'
import { movedCursor } from '../../../../src-renderer/ui/moved-cursor'

const rows = { count: 30, page: 10 }

describe('movedCursor', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 29, 29],
    ['ArrowUp', 0, 0],
    ['PageDown', 5, 15],
    ['PageUp', 5, 0],
    ['Home', 12, 0],
    ['End', 12, 29],
  ])('%s from %i goes to %i', (key, at, expected) => {
    expect(movedCursor(key, at, rows)).toBe(expected)
  })

  it('leaves other keys and empty lists alone', () => {
    expect(movedCursor('a', 3, rows)).toBeNull()
    expect(movedCursor('ArrowDown', -1, { count: 0, page: 10 })).toBeNull()
  })
})
