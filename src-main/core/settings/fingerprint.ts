/** `sha256 Fingerprint=AB:CD:…` as openssl prints it, or the bare digits with colons, spaces or nothing between. */
const written = /^(?:sha-?256)?\s*(?:fingerprint)?\s*[=:]?\s*((?:[0-9a-f]{2}[:\s-]*){32})$/i

/** A SHA-256 fingerprint in the usual form (`AB:CD:…`), or null where the text is none. */
export function parseFingerprint(text: string): string | null {
  const [, digits] = written.exec(text.trim()) ?? []
  if (digits === undefined) return null
  return (digits.toUpperCase().match(/[0-9A-F]{2}/g) ?? []).join(':')
}
