import { keepPreviousData, useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query'
import type { Input, Output, QueryPath } from './paths'
import { request } from './request'

interface ApiOptions<O> {
  readonly enabled?: boolean
  /** `previous`: the last answer stays in view while the next one is fetched. */
  readonly meanwhile?: 'nothing' | 'previous'
  /** `forgotten`: whoever asks after nobody showed it any more gets a new answer, never the earlier one first. */
  readonly afterwards?: 'kept' | 'forgotten'
  /** After how many milliseconds to ask again, by what was answered; null is not by itself. */
  readonly again?: (output: O) => number | null
}

/** Asks the core; the answer lives in TanStack Query and nowhere else. */
export function useApi<P extends QueryPath>(
  path: P,
  input: Input<P>,
  options: ApiOptions<Output<P>> = {},
): UseQueryResult<Output<P>> {
  const asked: UseQueryOptions<Output<P>> = {
    queryKey: [path, input],
    queryFn: () => request(path, input),
    enabled: options.enabled ?? true,
    ...(options.afterwards === 'forgotten' && { gcTime: 0 }),
    refetchInterval: ({ state }) =>
      state.data === undefined ? false : (options.again?.(state.data) ?? false),
  }
  const kept = { ...asked, placeholderData: keepPreviousData } as UseQueryOptions<Output<P>>
  return useQuery(options.meanwhile === 'previous' ? kept : asked)
}
