import { describe, expect, it } from 'vitest'
import { spelledWords } from '../../../../../src-renderer/features/users/spelled-word'

describe('spelledWords', () => {
  it('goes word by word and character by character', () => {
    expect(spelledWords('Ab 7-ü')).toEqual([
      {
        word: 'Ab',
        characters: [
          { kind: 'letter', letter: 'a', capital: true },
          { kind: 'letter', letter: 'b', capital: false },
        ],
      },
      {
        word: '7-',
        characters: [{ kind: 'digit', digit: '7' }, { kind: 'hyphen' }],
      },
      {
        word: 'ü',
        characters: [{ kind: 'other', character: 'ü' }],
      },
    ])
  })
})
