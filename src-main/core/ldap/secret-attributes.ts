/** What must never be read into memory from a file, nor asked of a directory: password material in all its forms. */
const secretNames: ReadonlySet<string> = new Set([
  'userpassword',
  'unicodepwd',
  'pwdhistory',
  'sambantpassword',
  'sambalmpassword',
  'krbprincipalkey',
  'ms-mcs-admpwd',
  'msds-managedpassword',
])

/** Options don't matter: `userPassword;binary` is as secret as `userPassword`. */
export function isSecretAttribute(description: string): boolean {
  const name = description.toLowerCase().split(';', 1)[0] ?? ''
  return secretNames.has(name) || name.startsWith('mslaps-')
}
