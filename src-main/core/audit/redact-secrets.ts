import type { Details } from '../../contract/errors'

type Json = Details[string]

const secretKey = /(password|passphrase|secret|token|password_?hash|private_?key)$/i
const redacted = '[redacted]'

function redact(value: Json): Json {
  if (Array.isArray(value)) return value.map(redact)
  return typeof value === 'object' && value !== null ? redactSecrets(value) : value
}

/** The last line of defence for before and after: text under a key that names a secret is not written down. */
export function redactSecrets(details: Details): Details {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) =>
      typeof value === 'string' && secretKey.test(key) ? [key, redacted] : [key, redact(value)],
    ),
  )
}
