/** The first bytes of a DER SEQUENCE of some length: a certificate as a file of its own. */
const isDer = (bytes: Buffer) => bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80

function asPem(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
}

/** A file or standard input as text; a certificate in DER becomes one in PEM. */
export function textOfBytes(bytes: Buffer): string {
  return isDer(bytes) ? asPem(bytes) : bytes.toString('utf8').replace(/^\uFEFF/, '')
}

/** Whether the beginning of a file is one of entries (RFC 2849): nothing before `version:` or `dn:` but comments. */
export function looksLikeLdif(beginning: Buffer): boolean {
  const wide = beginning[0] === 0xff && beginning[1] === 0xfe
  const text = beginning.toString(wide ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '')
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !/^[# ]/.test(line))
  return /^(?:version|dn):/i.test(lines[0] ?? '')
}
