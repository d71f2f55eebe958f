import type { LdapCode } from '../../contract/errors'

/** Sub-codes in Active Directory's bind errors: "AcceptSecurityContext error, data 533"; they are Windows' error numbers in hexadecimal. */
export const bindSubCodes = ['525', '52e', '530', '531', '532', '533', '701', '773', '775'] as const
export type BindSubCode = (typeof bindSubCodes)[number]

/** The account's state where the sub-code names one; 525 and 52e say only that name and password don't fit. */
const states: Readonly<Record<BindSubCode, LdapCode | null>> = {
  '525': null,
  '52e': null,
  '530': 'LDAP_USER_LOGON_HOURS',
  '531': 'LDAP_USER_WORKSTATION',
  '532': 'LDAP_USER_PASSWORD_EXPIRED',
  '533': 'LDAP_USER_DISABLED',
  '701': 'LDAP_USER_EXPIRED',
  '773': 'LDAP_USER_MUST_CHANGE_PASSWORD',
  '775': 'LDAP_USER_LOCKED',
}

/** What stands at the head of a message whatever was asked, also written as `0x80090346`. */
const heads: readonly (readonly [RegExp, LdapCode])[] = [
  [/(?:0x|\b)80090346\b/i, 'LDAP_BIND_CHANNEL_BINDING'],
  [/(?:0x|\b)00002028\b/i, 'LDAP_BIND_TLS_REQUIRED'],
  [/(?:0x|\b)000004DC\b/i, 'LDAP_ANONYMOUS_FORBIDDEN'],
  [/(?:0x|\b)0000001F\b/i, 'LDAP_BIND_TLS_REQUIRED'],
]

export function codeOfHead(message: string): LdapCode | null {
  return heads.find(([pattern]) => pattern.test(message))?.[1] ?? null
}

/** The word before the number is translated by some servers; the number is not. */
const afterWord = /[,;:]\s*\p{L}[\p{L}\p{M}]*[\s:=]+(?:0x)?0*([0-9a-f]{3,8})\b/giu
const afterData = /\bdata\s*[:=]?\s*(?:0x)?0*([0-9a-f]{3,8})\b/iu
const fromBind = /AcceptSecurityContext|\b8009030[0-9a-f]\b/i

/** The sub-code of a bind error, lower case, known or not; null where the message has none. */
export function subCodeOf(message: string): string | null {
  const data = afterData.exec(message)?.[1]?.toLowerCase()
  if (data !== undefined) return data
  if (!fromBind.test(message)) return null
  const found = [...message.matchAll(afterWord)].map(([, code = '']) => code.toLowerCase())
  return found.find(isKnown) ?? null
}

export function isKnown(code: string): code is BindSubCode {
  return (bindSubCodes as readonly string[]).includes(code)
}

export function stateOfSubCode(code: string | null): LdapCode | null {
  return code !== null && isKnown(code) ? states[code] : null
}
