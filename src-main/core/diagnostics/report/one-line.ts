/** A text of a server in one line: an end of line shows as ⏎, what could change how the rest reads as �. */
export function oneLine(text: string): string {
  return text
    .replace(/\r?\n/g, ' ⏎ ')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}
