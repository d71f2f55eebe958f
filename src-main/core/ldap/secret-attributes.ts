/** What must never be read into memory from a file, nor asked of a directory: password material in all its forms. */
const secretNames: ReadonlySet<string> = new Set([
  ...['userpassword', '2.5.4.35', 'authpassword', '1.3.6.1.4.1.4203.1.3.4', 'userpkcs12'],
  ...['2.16.840.1.113730.3.1.216', 'olcrootpw', 'nsslapd-rootpw'],
  // Active Directory, its legacy and modern LAPS aside (MS-ADA1 to MS-ADA3)
  ...['unicodepwd', '1.2.840.113556.1.4.90', 'dbcspwd', '1.2.840.113556.1.4.55'],
  ...['ntpwdhistory', '1.2.840.113556.1.4.94', 'lmpwdhistory', '1.2.840.113556.1.4.160'],
  ...['supplementalcredentials', '1.2.840.113556.1.4.125'],
  ...['ms-mcs-admpwd', 'msds-managedpassword', '1.2.840.113556.1.4.2196'],
  ...['1.2.840.113556.1.8000.2554.50051.45980.28112.18903.35903.6685103.1224907.2.1'],
  // ppolicy, 389 Directory Server, FreeIPA, Samba, Kerberos
  ...['pwdhistory', '1.3.6.1.4.1.42.2.27.8.1.20', 'passwordhistory', '2.16.840.1.113730.3.1.96'],
  ...['ipanthash', 'krbprincipalkey', '2.16.840.1.113719.1.301.4.39.1', 'krbmkey'],
  ...['2.16.840.1.113719.1.301.4.14.1', 'sambantpassword', '1.3.6.1.4.1.7165.2.1.25'],
  ...['sambalmpassword', '1.3.6.1.4.1.7165.2.1.24', 'sambapasswordhistory', '1.3.6.1.4.1.7165.2.1.54'],
])
/** Windows LAPS has a whole family of them. */
const secretFamilies = ['mslaps-', '1.2.840.113556.1.6.44.1.'] as const

/** Options don't matter: `userPassword;binary` is as secret as `userPassword`, and as `2.5.4.35`. */
export function isSecretAttribute(description: string): boolean {
  const name = (description.toLowerCase().split(';', 1)[0] ?? '').replace(/^oid\./, '')
  return secretNames.has(name) || secretFamilies.some((family) => name.startsWith(family))
}
