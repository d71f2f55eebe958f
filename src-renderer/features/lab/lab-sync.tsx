import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncPreview } from '../../../src-main/contract/sync'
import { useAction } from '../../api/use-action'
import { useApi } from '../../api/use-api'
import type { ChosenFile } from '../../state/selection-store'
import { CodeChip } from '../../ui/code-chip'
import { ErrorPanel } from '../../ui/error-panel'
import { FormError } from '../../ui/form-error'
import { Section } from '../../ui/section'
import { Verdict } from '../../ui/verdict'
import diagnostics from '../diagnostics.module.css'
import classes from './lab.module.css'

const mostRows = 100
const kinds = ['create', 'link', 'update', 'disable', 'skip', 'conflict', 'unchanged'] as const

/** What a sync with the file would do; nothing is applied from here. */
export function LabSync({ file }: { readonly file: ChosenFile }) {
  const { t } = useTranslation()
  const runId = useId()
  const { run, isPending, error, data } = useAction('sync.preview', {
    keep: (preview) => preview,
    refreshes: ['sync.current', 'sync.rows'],
  })
  return (
    <Section title={t('lab.sync.title')}>
      <Button
        variant="default"
        loading={isPending}
        leftSection={<IconRefresh size={15} aria-hidden />}
        onClick={() => run({ runId, against: file.handle })}
      >
        {t('lab.sync.start')}
      </Button>
      <p className={diagnostics.hint}>{t('lab.sync.hint')}</p>
      {error !== null && <FormError error={error} />}
      {data !== undefined && <Preview preview={data} />}
    </Section>
  )
}

function Preview({ preview }: { readonly preview: SyncPreview }) {
  const { t } = useTranslation()
  const { id, counts, completeness, entries, code, refusal, disablements } = preview
  return (
    <div role="region" aria-label={t('lab.sync.result')} className={diagnostics.story}>
      <Verdict
        outcome={completeness === 'complete' ? 'good' : 'bad'}
        runId={id}
        aside={(code ?? refusal) !== null && <CodeChip code={code ?? refusal ?? 'INTERNAL'} tone="bad" />}
      >
        {t(`lab.sync.${completeness}`, { count: entries })}
      </Verdict>
      {refusal === 'SYNC_TOO_MANY_REMOVALS' && (
        <p className={diagnostics.inspectNext}>{t('lab.sync.tooMany', disablements)}</p>
      )}
      <dl className={classes.tally}>
        {kinds.map((kind) => (
          <div key={kind}>
            <dt>{t(`lab.sync.kinds.${kind}`)}</dt>
            <dd>{counts[kind].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      <Rows preview={id} />
    </div>
  )
}

function Rows({ preview }: { readonly preview: string }) {
  const { t } = useTranslation()
  const rows = useApi('sync.rows', { preview, limit: mostRows }, { afterwards: 'forgotten' })
  if (rows.isError) return <ErrorPanel error={rows.error} />
  if (rows.data === undefined || rows.data.total === 0) return null
  const { total } = rows.data
  return (
    <>
      <table className={classes.counts} aria-label={t('lab.sync.rows')}>
        <thead>
          <tr>
            {(['action', 'username', 'changes'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`lab.sync.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.data.rows.map(({ position, dn, username, action, code, changes }) => (
            <tr key={position} title={dn}>
              <td>{t(`lab.sync.kinds.${action}`)}</td>
              <td>{username}</td>
              <td>
                {code !== null && <CodeChip code={code} />}{' '}
                {changes
                  .map(({ field, before, after }) => `${field}: ${before ?? '–'} → ${after ?? '–'}`)
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > mostRows && (
        <p className={diagnostics.hint}>{t('lab.sync.more', { shown: mostRows, total })}</p>
      )}
    </>
  )
}
