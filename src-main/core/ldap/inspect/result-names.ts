/**
 * Result codes (RFC 4511 §4.1.9 and appendix A), each with the names that tools print for them: the RFC's own first,
 * then OpenLDAP's. -1 is libldap's for a server that cannot be reached.
 */
const names: Readonly<Record<number, readonly string[]>> = {
  [-1]: ['serverDown', 'Can’t contact LDAP server'],
  1: ['operationsError'],
  2: ['protocolError'],
  3: ['timeLimitExceeded'],
  4: ['sizeLimitExceeded'],
  7: ['authMethodNotSupported', 'Authentication method not supported'],
  8: ['strongerAuthRequired', 'Strong(er) authentication required', 'strongAuthRequired'],
  10: ['referral'],
  11: ['adminLimitExceeded', 'Administrative limit exceeded'],
  12: ['unavailableCriticalExtension', 'Critical extension is unavailable'],
  13: ['confidentialityRequired'],
  14: ['saslBindInProgress'],
  16: ['noSuchAttribute'],
  17: ['undefinedAttributeType', 'Undefined attribute type'],
  18: ['inappropriateMatching'],
  19: ['constraintViolation'],
  21: ['invalidAttributeSyntax', 'Invalid syntax'],
  32: ['noSuchObject', 'No such object'],
  34: ['invalidDNSyntax', 'Invalid DN syntax'],
  48: ['inappropriateAuthentication'],
  49: ['invalidCredentials'],
  50: ['insufficientAccessRights', 'Insufficient access'],
  51: ['busy', 'Server is busy'],
  52: ['unavailable', 'Server is unavailable'],
  53: ['unwillingToPerform', 'Server is unwilling to perform'],
  54: ['loopDetect'],
  64: ['namingViolation'],
  65: ['objectClassViolation'],
  80: ['other', 'Internal (implementation specific) error'],
}

const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
const byName: ReadonlyMap<string, number> = new Map(
  Object.entries(names).flatMap(([code, all]) => all.map((name) => [letters(name), Number(code)] as const)),
)
/** Longest first, so that "unavailable" is not read out of "Critical extension is unavailable". */
const wordings = [...byName.keys()].filter((name) => name.length > 6).toSorted((a, b) => b.length - a.length)

/** The RFC's name of a result code, or null. */
export const resultName = (code: number): string | null => names[code]?.[0] ?? null

/** The code of a name as it stands alone, such as `invalidCredentials` or `Invalid credentials`. */
export const resultOfName = (text: string): number | null => byName.get(letters(text)) ?? null

/** The code of the first name that stands somewhere in the text. */
export function resultInText(text: string): number | null {
  const folded = letters(text)
  const found = wordings.find((name) => folded.includes(name))
  return found === undefined ? null : (byName.get(found) ?? null)
}
