/** A C0 or C1 control character or DEL. */
export function isControl(char: string): boolean {
  const code = char.codePointAt(0) ?? 0
  return code < 0x20 || (code >= 0x7f && code < 0xa0)
}

/** The bytes of a character in UTF-8, each as a backslash and two digits: what names and filters both understand. */
export function hexEscape(char: string): string {
  return Array.from(Buffer.from(char, 'utf8'), (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
}

/** A server's words, made fit to show: one line, no control characters, not endless. */
export function printable(text: string): string {
  return Array.from(text.slice(0, 2000), (char) => (isControl(char) ? ' ' : char))
    .join('')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, 300)
}
