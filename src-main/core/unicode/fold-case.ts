/** Letters that case folding keeps apart although their capital letters are the same (Unicode's CaseFolding.txt). */
const keptApart: ReadonlySet<string> = new Set(['ı'])

function foldLetter(letter: string): string {
  if (keptApart.has(letter)) return letter
  return letter.toLowerCase().toUpperCase().toLowerCase()
}

/**
 * Unicode's full case folding between two compatibility compositions (NFKC): `STRASSE`, `straße` and `Straẞe` are one,
 * as are `ΟΔΟΣ`, `οδος` and `οδοσ`. Letter by letter, since lower case alone depends on what stands around a sigma.
 */
export function foldCase(text: string): string {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.toLowerCase()
  return Array.from(text.normalize('NFKC'), foldLetter).join('').normalize('NFKC')
}
