import { useEffect } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import type { Status } from '../../../src-main/contract/app'
import { toApiError, type ApiError } from '../../api/api-error'
import { statusQuery } from '../../api/use-status'
import { navigate } from '../../state/hash-location'
import { redirectOf } from '../../state/page-route'
import { ErrorBoundary } from '../../ui/error-boundary'
import { ErrorPanel } from '../../ui/error-panel'
import { usePageReport } from '../../ui/use-page-report'
import { useReason } from '../../ui/use-reason'
import { ChangePasswordPage } from '../sign-in/change-password-page'
import { LockPage } from '../sign-in/lock-page'
import { useProviderSignOut } from '../sign-in/use-provider-sign-out'
import { FirstRunPage } from '../sign-in/first-run-page'
import { SignInPage } from '../sign-in/sign-in-page'
import { BugPage } from './bug-page'
import { DatabaseErrorPage } from './database-error-page'
import { Frame } from './frame'
import { ProductionEdge } from './production-edge'
import { Routes } from './routes'
import { useActivity } from './use-activity'

/** Decides what the console's state lets a person see at all; the pages come after it. */
export function Root() {
  const status = useQuery(statusQuery)
  useProviderSignOut()
  const [path] = useLocation()
  const reason = useReason({ code: 'INTERNAL' }) ?? ''
  if (status.data === undefined) {
    return status.error === null ? null : (
      <StartError error={toApiError(status.error)} onRetry={() => void status.refetch()} />
    )
  }
  return (
    <ErrorBoundary page={path} reason={reason} fallback={<BugPage />}>
      <Gate status={status.data} />
      <ProductionEdge />
    </ErrorBoundary>
  )
}

function Gate({ status }: { readonly status: Status }) {
  const [path] = useLocation()
  const search = useSearch()
  const reason = useReason({ code: 'INTERNAL' }) ?? ''
  const locked = status.session !== null && status.session.locked !== null
  useActivity(status.session !== null && !locked)
  // A locked desk keeps its address: whoever comes back is where they left.
  const free = status.database.error === null && !locked
  const target = free ? redirectOf(status, { path, search }) : null
  useEffect(() => {
    if (target !== null) navigate(target, { replace: true })
  }, [target])
  if (status.database.error !== null) return <DatabaseErrorPage error={status.database.error} />
  const { session } = status
  if (session !== null && session.locked !== null) return <LockPage session={session} />
  if (target !== null) return null
  if (path === '/first-run') return <FirstRunPage />
  if (path === '/sign-in') return <SignInPage />
  if (path === '/change-password') return <ChangePasswordPage />
  return (
    <Frame>
      <ErrorBoundary key={path} page={path} reason={reason} fallback={<BugPage />}>
        <Routes />
      </ErrorBoundary>
    </Frame>
  )
}

function StartError({ error, onRetry }: { readonly error: ApiError; readonly onRetry: () => void }) {
  const { t } = useTranslation()
  const reason = useReason(error) ?? error.code
  usePageReport({ kind: 'error', reason })
  return (
    <main aria-label={t('product')} style={{ padding: 24 }}>
      <ErrorPanel error={error} heading="h1" onRetry={onRetry} />
    </main>
  )
}
