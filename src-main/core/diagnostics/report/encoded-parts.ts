/** A run of base64 or base64url, also with its signs percent-encoded, escaped for JSON, or folded into lines. */
const base64Run = /(?:[A-Za-z0-9+/_-]|%2[bBfF]|\\\/|\r?\n ?(?=[A-Za-z0-9+/_-])){6,}(?:=|%3[dD]){0,2}/g
/** Bytes in hexadecimal, also with separators between them. */
const hexRun = /(?:0x)?(?:[0-9a-fA-F]{2}[:\s-]?){3,}[0-9a-fA-F]{2}/g

/** The bytes as each text that they could be. Latin text in UTF-16 has a zero in every other byte. */
function textsOf(bytes: Buffer): string[] {
  const swapped = (from: number) => {
    const part = bytes.subarray(from)
    return Buffer.from(part.subarray(0, part.length - (part.length % 2))).swap16()
  }
  const wide = bytes.includes(0)
    ? [0, 1].flatMap((at) => [bytes.subarray(at).toString('utf16le'), swapped(at).toString('utf16le')])
    : []
  return [...new Set([bytes.toString('utf8'), bytes.toString('latin1'), ...wide])]
}

function base64Texts(run: string): string[] {
  const signs = run
    .replace(/\s/g, '')
    .replace(/%2b/gi, '+')
    .replace(/%2f|\\\//gi, '/')
    .replace(/%3d/gi, '=')
  // What comes right before it may look like a part of it.
  return [0, 1, 2, 3].flatMap((at) => textsOf(Buffer.from(signs.slice(at), 'base64')))
}

function hexTexts(run: string): string[] {
  const digits = run.replace(/^0x/, '').replace(/[:\s-]/g, '')
  return [0, 1].flatMap((at) => textsOf(Buffer.from(digits.slice(at), 'hex')))
}

/** Replaces each part that is an encoding of something which `tells`. */
export function replaceEncoded(
  text: string,
  replacement: string,
  tells: (decoded: string) => boolean,
): string {
  const unless = (texts: (run: string) => string[]) => (run: string) =>
    texts(run).some(tells) ? replacement : run
  return text.replace(hexRun, unless(hexTexts)).replace(base64Run, unless(base64Texts))
}
