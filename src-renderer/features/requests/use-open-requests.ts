import { useApi } from '../../api/use-api'

const everyMs = 15_000

/** The open requests; asked again now and then, since they come from other desks too. */
export function useOpenRequests(options: { readonly enabled: boolean }) {
  return useApi('requests.list', { state: 'open' }, { ...options, again: () => everyMs })
}
