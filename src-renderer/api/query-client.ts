import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { toApiError } from './api-error'

/** Answers that do not depend on who is signed in. */
const everybodys: readonly unknown[] = ['app.status', 'app.preferences', 'app.helpPages', 'app.helpPage']

/** The window's cache. Nothing is repeated by itself: a failed call says why, and a person decides. */
export function createQueryClient(): QueryClient {
  const askAgainWhoIsSignedIn = (error: Error) => {
    if (toApiError(error).code !== 'FORBIDDEN') return
    void client.invalidateQueries({ queryKey: ['app.status'] })
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      // The question itself is not asked again: a refused one would repeat without an end.
      onError: (error, { queryKey }) =>
        queryKey[0] === 'app.status' ? undefined : askAgainWhoIsSignedIn(error),
    }),
    mutationCache: new MutationCache({ onError: askAgainWhoIsSignedIn }),
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', staleTime: 1_000, refetchOnWindowFocus: false },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  return client
}

/** Forgets everything that was fetched for a person. */
export function forgetPerson(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => !everybodys.includes(queryKey[0]) })
  client.getMutationCache().clear()
}
