const gone = '[redacted]'

/** Shorter ones would stand in every second word; they are taken out where they are a whole value. */
const shortest = 4

/** Every way in which a text is commonly written elsewhere: as it is, escaped, and encoded. */
function spellings(secret: string): string[] {
  const bytes = [Buffer.from(secret, 'utf8'), Buffer.from(secret, 'utf16le')]
  const encoded = bytes.flatMap((each) => {
    const base64 = each.toString('base64')
    const hex = each.toString('hex')
    return [
      ...[base64, base64.replace(/=+$/, ''), each.toString('base64url'), hex, hex.toUpperCase()],
      ...[hex.replace(/..(?=.)/g, '$&:'), hex.replace(/../g, '\\$&'), hex.replace(/../g, '%$&')],
    ]
  })
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
  return [
    ...[secret, html, html.replaceAll("'", '&#39;'), encodeURIComponent(secret), encodeURI(secret)],
    ...[JSON.stringify(secret).slice(1, -1), secret.replaceAll("'", "'\\''"), bytes[1]?.toString('latin1')],
    ...[new URLSearchParams({ '': secret }).toString().slice(1), Array.from(secret).reverse().join('')],
    ...encoded,
  ].filter((text) => text !== undefined)
}

/** What is a secret by its looks, whoever's it is. */
const looks: readonly (readonly [RegExp, string])[] = [
  [/(\/\/[^\s/:@]*):[^\s/@]+@/g, `$1:${gone}@`],
  [
    /\b((?:userPassword|unicodePwd|pwdHistory|sambaNTPassword|sambaLMPassword|krbPrincipalKey|ms-Mcs-AdmPwd|msLAPS-[\w-]+|msDS-ManagedPassword)(?:;[\w-]+)*\s*[:~<>]*[=:]+)\s*[^\s)]+/gi,
    `$1${gone}`,
  ],
  [/\{(?:S?SHA\d*|S?MD5|CRYPT|ARGON2|BCRYPT|PBKDF2[\w-]*|CLEARTEXT|NTHASH|LANMAN)\}\S+/gi, gone],
  [/\$(?:2[aby]|argon2(?:id|i|d)|[156y]|scrypt|pbkdf2[\w-]*)\$[^\s"']+/g, gone],
  [/\b(?:scrypt:\d+:\d+:\d+|pbkdf2:sha\d+:\d+)\$[^\s"']+/g, gone],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, gone],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, gone],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/g, `$1 ${gone}`],
  [
    /\b((?:client_secret|password|passwd|refresh_token|access_token|id_token|code|code_verifier|client_assertion)["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi,
    `$1${gone}`,
  ],
]

export type Scrub = <T>(value: T) => T

/**
 * Takes known secrets out of every text of a value, in every spelling, and what looks like one. The last line of
 * defence: nothing of the kind should come here.
 */
export function createScrub(secrets: readonly (string | null)[]): Scrub {
  const known = secrets.filter((secret) => secret !== null && secret.trim() !== '') as string[]
  const variants = [...new Set(known.filter(({ length }) => length >= shortest).flatMap(spellings))]
    .filter(({ length }) => length >= shortest)
    .sort((one, other) => other.length - one.length)
  const text = (value: string): string => {
    if (known.includes(value)) return gone
    const named = variants.reduce((so, variant) => so.replaceAll(variant, gone), value)
    return looks.reduce((so, [pattern, replacement]) => so.replace(pattern, replacement), named)
  }
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)]))
  }
  // The shape stays: only texts change, and texts stay texts.
  return <T>(value: T) => walk(value) as T
}
