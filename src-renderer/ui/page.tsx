import { useEffect, type ReactNode } from 'react'
import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { toApiError } from '../api/api-error'
import { useStatus } from '../api/use-status'
import { ErrorPanel } from './error-panel'
import classes from './page.module.css'
import { useReason } from './use-reason'
import { usePageReport, type PageState } from './use-page-report'

export interface AskedFor {
  readonly isPending: boolean
  readonly error: Error | null
  readonly data: unknown
  readonly refetch: () => unknown
}

interface PageProps {
  readonly title: string
  readonly purpose?: string
  readonly action?: ReactNode
  /** What the page needs before it can be shown. */
  readonly queries?: readonly AskedFor[]
  readonly children: ReactNode
  /** `fill` pages scroll inside themselves. */
  readonly scroll?: 'page' | 'fill'
}

/** A page: title, one line of purpose, the primary action, then its data, or the error instead of it. */
export function Page({ title, purpose, action, queries = [], children, scroll = 'page' }: PageProps) {
  const failed = queries.find((query) => query.error !== null && query.data === undefined)
  const loading = queries.some((query) => query.isPending)
  const error = failed === undefined ? null : toApiError(failed.error)
  const reason = useReason(error)
  const state: PageState =
    reason !== null ? { kind: 'error', reason } : loading ? { kind: 'loading' } : { kind: 'ready' }
  usePageReport(state)
  useWindowTitle(title)
  return (
    <div className={classes.page} data-scroll={scroll}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          {purpose !== undefined && <p className={classes.purpose}>{purpose}</p>}
        </div>
        {error === null && !loading && action}
      </header>
      {error !== null && <ErrorPanel error={error} onRetry={() => void failed?.refetch()} />}
      {error === null && loading && <Placeholder />}
      {error === null && !loading && children}
    </div>
  )
}

/** Names the window after the page. */
export function useWindowTitle(page: string): void {
  const { t } = useTranslation()
  const profile = useStatus().profile.name
  useEffect(() => {
    document.title = t('windowTitle', { page, profile })
  }, [t, page, profile])
}

function Placeholder() {
  const { t } = useTranslation()
  return (
    <Stack gap="sm" role="status" aria-label={t('common.loading')}>
      <Skeleton h={28} w="60%" animate={false} />
      <Skeleton h={160} animate={false} />
      <Skeleton h={160} animate={false} />
    </Stack>
  )
}
