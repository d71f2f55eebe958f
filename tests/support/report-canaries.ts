/** A canary in the encodings that a leak could have. */
export function spellingsOf(canary: string): readonly string[] {
  const utf8 = Buffer.from(canary, 'utf8')
  const little = Buffer.from(canary, 'utf16le')
  const quoted = Buffer.from(`"${canary}"`, 'utf16le')
  const big = Buffer.from(little).swap16()
  const percent = [...utf8].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const units = Array.from(
    { length: canary.length },
    (_, at) => `\\u${canary.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
  return [
    canary,
    utf8.toString('base64'),
    utf8.toString('base64url'),
    Buffer.from(`:${canary}`).toString('base64'),
    Buffer.from(`id:${canary}`).toString('base64'),
    Buffer.from(`\0uid=a\0${canary}`).toString('base64'),
    utf8.toString('hex'),
    utf8.toString('hex').toUpperCase(),
    [...utf8].map((byte) => byte.toString(16).padStart(2, '0')).join(':'),
    encodeURIComponent(canary),
    encodeURIComponent(encodeURIComponent(canary)),
    new URLSearchParams({ a: canary }).toString().slice(2),
    percent,
    percent.toUpperCase(),
    encodeURIComponent(utf8.toString('base64')),
    JSON.stringify(canary).slice(1, -1),
    JSON.stringify(JSON.stringify(canary)).slice(3, -3),
    units,
    little.toString('base64'),
    quoted.toString('base64'),
    big.toString('base64'),
    little.toString('hex'),
    big.toString('hex'),
    little.toString('latin1'),
    Buffer.from(utf8.toString('base64')).toString('base64'),
    [...utf8].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join(''),
    Array.from(canary, (char) => `&#${char.codePointAt(0) ?? 0};`).join(''),
    Array.from(canary).toSpliced(6, 0, '\n ').join(''),
  ]
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeHtml(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => named[name] ?? '')
}

/** A rendered report and what a reader, or a program, would make of it. */
function readingsOf(text: string): readonly string[] {
  const once = decodeHtml(text)
  const unescaped = text.replace(/\\(?=[^\w\s])/g, '')
  const lines = [text, once, decodeHtml(once), unescaped, text.replaceAll(String.raw`\\`, '\\')]
  return lines.flatMap((line) => [
    line,
    line.replaceAll(String.raw`'\''`, "'"),
    line.replace(/\ufffd|\0/g, ''),
  ])
}

/** The canaries that can be read in the text, in whatever encoding. */
export function hitsIn(text: string, canaries: readonly string[]): string[] {
  const readings = readingsOf(text)
  return canaries.flatMap((canary) =>
    spellingsOf(canary).filter((spelling) => readings.some((reading) => reading.includes(spelling))),
  )
}
