import { Anchor, Button } from '@mantine/core'
import { IconListSearch, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SyncPreview } from '../../../src-main/contract/sync'
import { useAllows } from '../../api/use-status'
import type { SyncRoute } from '../../state/sync-route'
import { Empty } from '../../ui/empty'
import { PreviewList } from './preview-list'
import { PreviewSummary } from './preview-summary'
import { SyncOutcome } from './sync-outcome'
import { SyncRunning } from './sync-running'
import type { ChangeSync } from './use-sync'
import type { SyncWork } from './use-sync-work'

interface PreviewViewProps {
  readonly preview: SyncPreview | null
  /** Null: none is configured. */
  readonly directory: string | null
  readonly work: SyncWork
  readonly route: SyncRoute
  readonly onChange: ChangeSync
}

/** What runs, what came of it, and the newest preview. */
export function PreviewView({ preview, directory, work, route, onChange }: PreviewViewProps) {
  if (work.running) return <SyncRunning work={work} />
  return (
    <>
      <SyncOutcome work={work} onChange={onChange} />
      {preview === null ? (
        <Nothing directory={directory} work={work} />
      ) : (
        <>
          <PreviewSummary preview={preview} work={work} />
          {preview.completeness !== 'failed' && (
            <PreviewList preview={preview} route={route} onChange={onChange} />
          )}
        </>
      )}
    </>
  )
}

/** No preview: how to get one, or what is missing for it. */
function Nothing({ directory, work }: Pick<PreviewViewProps, 'directory' | 'work'>) {
  const { t } = useTranslation()
  const allows = useAllows()
  if (directory === null)
    return (
      <Empty icon={IconPlugConnectedX} title={t('sync.missing')}>
        <span>{t('sync.missingHint')}</span>
        {allows('settings:write') && (
          <Anchor component={Link} href="/settings/edit" size="sm">
            {t('sync.openSettings')}
          </Anchor>
        )}
      </Empty>
    )
  return (
    <Empty icon={IconListSearch} title={t('sync.none')}>
      <span>{t('sync.noneHint', { directory })}</span>
      {allows('sync:run') ? (
        <Button variant="default" mt={6} onClick={() => work.preview(null)}>
          {t('sync.preview')}
        </Button>
      ) : (
        <span>{t('sync.noneReadOnly')}</span>
      )}
    </Empty>
  )
}
