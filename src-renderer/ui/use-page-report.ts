import { useEffect, useRef } from 'react'
import { useIsFetching } from '@tanstack/react-query'
import { useLocation, useSearch } from 'wouter'
import { request } from '../api/request'
import { afterPaint } from './after-paint'

export type PageState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'error'; readonly reason: string }

/** Tells the main process, once per visit and change of state, that a page shows its data or an error. */
export function usePageReport(page: PageState): void {
  const [path] = useLocation()
  const search = useSearch()
  const fetching = useIsFetching()
  const reported = useRef('')
  const reason = page.kind === 'error' ? page.reason.slice(0, 500) : null
  const settled = page.kind === 'error' || (page.kind === 'ready' && fetching === 0)

  useEffect(() => {
    if (!settled) return
    const visit = `${path} ${page.kind} ${reason ?? ''}`
    if (reported.current === visit) return
    return afterPaint(() => {
      reported.current = visit
      const address = search === '' ? path : `${path}?${search}`
      const state = reason === null ? 'ready' : 'error'
      void request('app.pageShown', { page: address.slice(0, 500), state, reason }).catch(() => undefined)
    })
  }, [settled, path, search, page.kind, reason])
}
