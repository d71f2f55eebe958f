/** An address inside the console: `/users?provider=ldap`, in whatever spelling it came. */
export function normaliseAddress(address: string): string {
  const bare = address.trim().replace(/^#/, '')
  return bare.startsWith('/') ? bare : `/${bare}`
}

/** Path and search of a normalised address. */
export function splitAddress(address: string): { path: string; search: string } {
  const at = address.indexOf('?')
  if (at < 0) return { path: address, search: '' }
  return { path: address.slice(0, at), search: address.slice(at + 1) }
}
