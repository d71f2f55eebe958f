import type { KeyboardEvent, ReactNode } from 'react'
import { ActionIcon, Skeleton, Stack } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../api/api-error'
import { ErrorPanel } from '../../ui/error-panel'
import classes from './drawer.module.css'

interface DrawerFrameProps {
  readonly name: string
  /** Beside the name, once they are known. */
  readonly signs: ReactNode
  readonly query: {
    readonly isPending: boolean
    readonly data: unknown
    readonly error: ApiError | null
    readonly refetch: () => unknown
  }
  readonly children: ReactNode
  readonly onClose: () => void
}

/** One account beside the table, so that the keys still move through the list: its head, and what it waits for. */
export function DrawerFrame({ name, signs, query, children, onClose }: DrawerFrameProps) {
  const { t } = useTranslation()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    // A dialog opened from here is its child for React, though not in the page: its keys are its own.
    if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
    onClose()
  }
  const { isPending, data, error, refetch } = query
  return (
    <aside className={classes.drawer} aria-label={t('drawer.label', { name })} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <div className={classes.names}>
          <h2 className={classes.name}>{name}</h2>
          {data !== undefined && <div className={classes.signs}>{signs}</div>}
        </div>
        <ActionIcon aria-label={t('drawer.close')} onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
      {isPending && (
        <Stack p="md" role="status" aria-label={t('common.loading')}>
          <Skeleton h={120} animate={false} />
        </Stack>
      )}
      {error !== null && data === undefined && (
        <Stack p="md">
          <ErrorPanel error={error} onRetry={() => void refetch()} />
        </Stack>
      )}
      {children}
    </aside>
  )
}
