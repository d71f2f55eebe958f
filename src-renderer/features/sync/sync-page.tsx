import { Button, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LdapSummary } from '../../../src-main/contract/ldap'
import { useAction } from '../../api/use-action'
import { useApi } from '../../api/use-api'
import { useAllows } from '../../api/use-status'
import { FormError } from '../../ui/form-error'
import { Page } from '../../ui/page'
import { PreviewView } from './preview-view'
import { RunsView } from './runs-view'
import classes from './sync.module.css'
import { useSyncRoute } from './use-sync'
import { useSyncWork, type SyncWork } from './use-sync-work'

/** Whose people are read: the sample, the first server, or nobody's. */
function directoryIn({ sample, groups }: LdapSummary): string | null {
  if (sample !== null) return sample.name
  const settings = groups.flatMap((group) => group.settings)
  return settings.find(({ name }) => name === 'LDAP_HOST')?.value || null
}

/** The accounts compared with the directory: the preview, what was done, and how it is taken back. */
export function SyncPage() {
  const { t } = useTranslation()
  const { route, change } = useSyncRoute()
  const work = useSyncWork()
  // The sync is the governing profile's: its accounts are these.
  const summary = useApi('ldap.summary', { profile: null })
  const current = useApi('sync.current', {})
  const directory = summary.data === undefined ? null : directoryIn(summary.data)
  const choose = useAction('ldap.chooseFile', {
    keep: ({ file }) => file,
    onDone: (file) => {
      if (file !== null) work.preview(file)
    },
  })
  return (
    <Page
      title={t('pages.sync')}
      purpose={t('purpose.sync')}
      queries={[current, summary]}
      scroll="fill"
      action={directory !== null && <Actions work={work} onFile={() => choose.run({})} />}
    >
      <FormError error={choose.error} />
      <SegmentedControl
        size="xs"
        className={classes.views ?? ''}
        aria-label={t('sync.view')}
        value={route.view}
        data={(['preview', 'runs'] as const).map((value) => ({ value, label: t(`sync.views.${value}`) }))}
        onChange={(view) => change({ view: view === 'runs' ? 'runs' : 'preview', row: null, run: null })}
      />
      {route.view === 'runs' ? (
        <RunsView run={route.run} onChange={change} />
      ) : (
        <PreviewView
          preview={current.data?.preview ?? null}
          directory={directory}
          {...{ work, route }}
          onChange={change}
        />
      )}
    </Page>
  )
}

function Actions({ work, onFile }: { readonly work: SyncWork; readonly onFile: () => void }) {
  const { t } = useTranslation()
  const allows = useAllows()
  if (!allows('sync:run')) return null
  return (
    <div className={classes.buttons}>
      <Button variant="default" title={t('sync.previewFileHint')} disabled={work.running} onClick={onFile}>
        {t('sync.previewFile')}
      </Button>
      <Button disabled={work.running} onClick={() => work.preview(null)}>
        {t('sync.preview')}
      </Button>
    </div>
  )
}
