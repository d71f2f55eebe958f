import { useState } from 'react'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SyncRun } from '../../../src-main/contract/sync'
import { toApiError } from '../../api/api-error'
import { useAllows } from '../../api/use-status'
import { ErrorPanel } from '../../ui/error-panel'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { Time } from '../../ui/time'
import { Done, Undone } from './runs-view'
import { SideDrawer } from './side-drawer'
import { ChangeTable, KindSign } from './sync-signs'
import classes from './sync.module.css'
import { UndoDialog } from './undo-dialog'
import { useRunChanges, type ChangeSync } from './use-sync'

interface RunDrawerProps {
  readonly run: SyncRun
  readonly onChange: ChangeSync
}

/** One run: who, when, what it changed account by account, and the way back. */
export function RunDrawer({ run, onChange }: RunDrawerProps) {
  const { t } = useTranslation()
  const allows = useAllows()
  const [undoing, setUndoing] = useState(false)
  return (
    <SideDrawer title={t('sync.runTitle')} label={t('sync.runTitle')} onClose={() => onChange({ run: null })}>
      <Facts>
        <Fact label={t('sync.runId')}>
          <Mono text={run.id} copy={t('sync.runId')} />
        </Fact>
        <Fact label={t('sync.runColumns.at')}>
          <Time at={run.finishedAt} />
        </Fact>
        <Fact label={t('sync.runColumns.actor')}>{run.actor}</Fact>
        <Fact label={t('sync.runColumns.directory')}>
          <Mono text={run.directory} />
        </Fact>
        <Fact label={t('sync.runColumns.what')}>
          <Done run={run} />
        </Fact>
        <Fact label={t('sync.runColumns.state')}>
          {run.undoneAt === null ? t('sync.inForce') : <Undone at={run.undoneAt} />}
        </Fact>
      </Facts>
      {run.undoneAt === null && allows('sync:run') && (
        <Button variant="default" className={classes.undo ?? ''} onClick={() => setUndoing(true)}>
          {t('sync.undo')}
        </Button>
      )}
      {undoing && <UndoDialog run={run.id} onClose={() => setUndoing(false)} />}
      <Changes run={run.id} />
    </SideDrawer>
  )
}

function Changes({ run }: { readonly run: string }) {
  const { t } = useTranslation()
  const list = useRunChanges(run)
  if (list.error !== null && list.data === undefined)
    return <ErrorPanel error={toApiError(list.error)} onRetry={() => void list.refetch()} />
  return (
    <section aria-label={t('sync.changes')} aria-busy={list.isFetching}>
      <ul className={classes.changed}>
        {list.data?.map(({ position, username, action, changes }) => (
          <li key={position}>
            <div className={classes.changedHead}>
              <KindSign kind={action} />
              <span className={classes.strong}>{username}</span>
            </div>
            {changes.length > 0 && <ChangeTable changes={changes} />}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('sync.more')}
        </Button>
      )}
    </section>
  )
}
