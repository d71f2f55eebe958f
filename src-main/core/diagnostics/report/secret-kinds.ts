/* eslint-disable no-restricted-syntax -- the groups of these expressions look like filters; no filter is made here. */
/** What stands in the place of a secret. */
export const removed = '[removed]'

type Rule = readonly [pattern: RegExp, replacement: string]

const slash = String.raw`(?:\\?/|%2F)`
const attribute =
  'userPassword|authPassword|unicodePwd|dBCSPwd|(?:nt|lm)PwdHistory|pwdHistory|samba(?:NT|LM)Password|' +
  'sambaPasswordHistory|krbPrincipalKey|ms-Mcs-AdmPwd|msLAPS-[\\w-]+|msDS-ManagedPassword|(?:olc)?rootpw|' +
  'nsds5ReplicaCredentials|ipaNTHash|supplementalCredentials'
const parameter =
  'password|passwd|passphrase|pwd|client_secret|client_assertion|code_verifier|access_token|refresh_token|id_token|' +
  'id_token_hint|logout_token|api_?key|secret|token|assertion|private_?key'
const scheme =
  'S?SHA\\d*|S?SHA-?\\d+|S?MD[45]|CRYPT|PBKDF2[\\w-]*|ARGON2\\w*|BCRYPT|BLF-CRYPT|CLEARTEXT|PLAIN|CLEAR|SASL|' +
  'K5KEY|NT|LANMAN|X-[\\w-]+|KERBEROS|SMD5|TOTP\\w*'

/**
 * What is a secret by its form or by its name, whatever its value. `$1` is what comes before it and stays. The forms:
 * user information of an address (RFC 3986 section 3.2.1), stored passwords (RFC 2307, crypt, PHC, werkzeug), attributes
 * in LDIF or a filter, parameters of a form or of JSON, credentials of HTTP (RFC 9110 section 11.4), signed tokens
 * (RFC 7519), private keys (RFC 7468).
 */
const rules: readonly Rule[] = [
  [new RegExp(`([a-z][a-z0-9+.-]*(?::|%3A)${slash}{2})[^\\s/?#"'<>%]*(?:@|%40)`, 'gi'), `$1${removed}@`],
  [
    new RegExp(
      `([a-z][a-z0-9+.-]*(?::|%3A)${slash}{2})[^\\s/@"'<>]*(?::|%3A)(?!\\d{1,5}(?:[/?#]|%2F|$))[^\\s@"'<>]*?(?:@|%40)`,
      'gi',
    ),
    `$1${removed}@`,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, removed],
  [new RegExp(`\\{(?:${scheme})\\}[^\\s"'<>]+`, 'gi'), removed],
  [/\$(?:argon2\w*|2[abxy]?|scrypt|pbkdf2[\w-]*|bcrypt[\w-]*|gy|sha1|md5|[1567y])\$[^\s"'<>]+/g, removed],
  [/\b(?:scrypt|pbkdf2)(?::[\w-]+)+\$[^\s"'<>]+/g, removed],
  [
    new RegExp(`\\b((?:${attribute})(?:;[\\w-]+)*\\s*(?:::?<?|[~<>]?=|\\\\?"\\s*:)\\s*)[^\\r\\n)]+`, 'gi'),
    `$1${removed}`,
  ],
  [
    new RegExp(
      `((?:["'?&;\\s,{(]|^)(?:${parameter})\\\\?["']?\\s*[=:]\\s*\\\\?["'])(?:\\\\.|[^"'\\\\])+`,
      'gi',
    ),
    `$1${removed}`,
  ],
  [new RegExp(`((?:["'?&;\\s,{(]|^)(?:${parameter})=)[^\\s&"'<>;,)}]+`, 'gi'), `$1${removed}`],
  [
    /\b((?:password|passphrase|passwd|pwd|client[_ ]secret)\s*:\s*)(?=[a-z]*[^a-z\s,.;])[^\s"'<>]+/gi,
    `$1${removed}`,
  ],
  [/([?&](?:code|state|nonce|session_state)=)[^\s&"'<>]+/gi, `$1${removed}`],
  [
    /\b((?:Basic|Bearer|DPoP|Negotiate|NTLM|Digest)\s+)(?=[^\s]*[\d=])[A-Za-z0-9+/=._~-]{6,}/gi,
    `$1${removed}`,
  ],
  [/\beyJ[\w-]{6,}(?:\.[\w-]*){1,4}/g, removed],
]

/** The text without what is a secret by its kind. */
export function withoutSecretKinds(text: string): string {
  return rules.reduce((so, [pattern, replacement]) => so.replace(pattern, replacement), text)
}
