import { parseAddress } from '../addresses'

/** Whether an address is the way out: the provider's sign-in page, or any other with a client’s question to it. */
export function asRequest(address: URL, endpoint: string | null): boolean {
  const known = endpoint === null ? null : parseAddress(endpoint)
  if (known !== null && address.origin === known.origin && address.pathname === known.pathname) return true
  const asks = address.searchParams
  return (
    asks.has('client_id') &&
    ['response_type', 'redirect_uri', 'request', 'request_uri'].some((name) => asks.has(name))
  )
}
