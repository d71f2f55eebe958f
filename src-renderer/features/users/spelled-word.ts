/** One character for the phone: a letter of the spelling alphabet, a digit, a hyphen, or itself. */
export type SpelledCharacter =
  | { readonly kind: 'letter'; readonly letter: Letter; readonly capital: boolean }
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'hyphen' }
  | { readonly kind: 'other'; readonly character: string }

const letters = 'abcdefghijklmnopqrstuvwxyz'
export type Letter =
  | 'a'
  | 'b'
  | 'c'
  | 'd'
  | 'e'
  | 'f'
  | 'g'
  | 'h'
  | 'i'
  | 'j'
  | 'k'
  | 'l'
  | 'm'
  | 'n'
  | 'o'
  | 'p'
  | 'q'
  | 'r'
  | 's'
  | 't'
  | 'u'
  | 'v'
  | 'w'
  | 'x'
  | 'y'
  | 'z'

function isLetter(character: string): character is Letter {
  return character.length === 1 && letters.includes(character)
}

/** A passphrase word by word, at its spaces and hyphens, each word character by character. */
export function spelledWords(
  text: string,
): readonly { word: string; characters: readonly SpelledCharacter[] }[] {
  const words = text.split(/\s+|(?<=-)/).filter((word) => word !== '')
  return words.map((word) => ({ word, characters: Array.from(word, spelled) }))
}

function spelled(character: string): SpelledCharacter {
  const lower = character.toLowerCase()
  if (isLetter(lower)) return { kind: 'letter', letter: lower, capital: lower !== character }
  if (/^\d$/.test(character)) return { kind: 'digit', digit: character }
  if (character === '-') return { kind: 'hyphen' }
  return { kind: 'other', character }
}
