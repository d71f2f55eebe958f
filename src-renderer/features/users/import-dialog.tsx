import { useState } from 'react'
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportRow } from '../../../src-main/contract/accounts-import'
import { useAction } from '../../api/use-action'
import { useApi } from '../../api/use-api'
import { useMany } from '../../api/use-many'
import { DialogOutcome } from '../../ui/dialog-outcome'
import { ErrorPanel } from '../../ui/error-panel'
import { FilterChips } from '../../ui/filter-chips'
import { FormError } from '../../ui/form-error'
import { ManyProgress } from '../../ui/many-progress'
import { changedAccount } from './changed-account'
import classes from './many.module.css'

interface Chosen {
  readonly handle: string
  readonly name: string
}

const formatOf = (name: string) => (name.toLowerCase().endsWith('.json') ? 'json' : 'csv')

/** Accounts from a file: what would happen to each row and why, before anything is written. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<Chosen | null>(null)
  const choose = useAction('users.chooseImport', { keep: (output) => output.file, onDone: setFile })
  const run = useMany('users.import', changedAccount)
  return (
    <Modal
      opened
      onClose={() => (run.isPending ? run.cancel() : onClose())}
      title={file === null ? t('import.title') : t('import.titleOf', { name: file.name })}
      size={760}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {run.isPending && <ManyProgress progress={run.progress} onCancel={run.cancel} />}
      {!run.isPending && run.data !== undefined && <Outcome outcome={run.data} onClose={onClose} />}
      {!run.isPending && run.data === undefined && file === null && (
        <Stack gap="md">
          <Text size="sm">{t('import.intro')}</Text>
          <Text size="sm" className="mono">
            username,email,full_name,auth_provider,role,state,password_hash
          </Text>
          <FormError error={choose.error} />
          <Group justify="flex-end">
            <Button onClick={() => choose.run({})} data-autofocus>
              {t('import.choose')}
            </Button>
          </Group>
        </Stack>
      )}
      {!run.isPending && run.data === undefined && file !== null && (
        <Preview
          file={file}
          error={run.error}
          onSubmit={(digest) => run.start({ file: file.handle, format: formatOf(file.name), digest })}
          onAgain={() => setFile(null)}
        />
      )}
    </Modal>
  )
}

interface PreviewProps {
  readonly file: Chosen
  readonly error: Parameters<typeof FormError>[0]['error']
  readonly onSubmit: (digest: string) => void
  readonly onAgain: () => void
}

function Preview({ file, error, onSubmit, onAgain }: PreviewProps) {
  const { t } = useTranslation()
  const preview = useApi('users.importPreview', { file: file.handle, format: formatOf(file.name) })
  if (preview.error !== null)
    return (
      <Stack gap="md">
        <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onAgain}>
            {t('import.another')}
          </Button>
        </Group>
      </Stack>
    )
  if (preview.data === undefined) return <Text role="status">{t('common.loading')}</Text>
  const { counts, rows, ignored, digest } = preview.data
  return (
    <Stack gap="md">
      {ignored.length > 0 && (
        <Text size="sm">{t('import.ignored', { count: ignored.length, columns: ignored.join(', ') })}</Text>
      )}
      <Rows rows={rows} counts={counts} />
      <FormError error={error} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onAgain}>
          {t('import.another')}
        </Button>
        <Button disabled={counts.create === 0} onClick={() => onSubmit(digest)} data-autofocus>
          {t('import.submit', { count: counts.create })}
        </Button>
      </Group>
    </Stack>
  )
}

type Action = ImportRow['action']
const actions: readonly Action[] = ['create', 'skip', 'refuse']
const shownRows = 500

interface RowsProps {
  readonly rows: readonly ImportRow[]
  readonly counts: Readonly<Record<Action, number>>
}

function Rows({ rows, counts }: RowsProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Action | null>(null)
  const filtered = chosen === null ? rows : rows.filter(({ action }) => action === chosen)
  return (
    <>
      <FilterChips
        label={t('import.what')}
        options={actions.map((value) => ({
          value,
          label: t(`import.actions.${value}`),
          count: counts[value],
        }))}
        chosen={chosen === null ? [] : [chosen]}
        onToggle={(value) => setChosen(value === chosen ? null : value)}
      />
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t('import.rows')}>
          <thead>
            <tr>
              {(['line', 'username', 'what', 'why'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`import.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {filtered.slice(0, shownRows).map((row) => (
              <tr key={row.line}>
                <td className="number">{row.line}</td>
                <td>{row.username}</td>
                <td>{t(`import.actions.${row.action}`)}</td>
                <td>
                  {row.field !== null && <span className="mono">{row.field}</span>}{' '}
                  {row.problem !== null && t(`import.problems.${row.problem}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {filtered.length > shownRows && <Text size="sm">{t('many.first', { count: shownRows })}</Text>}
    </>
  )
}

interface OutcomeProps {
  readonly outcome: {
    readonly counts: RowsProps['counts']
    readonly rows: readonly ImportRow[]
    readonly cancelled: boolean
  }
  readonly onClose: () => void
}

function Outcome({ outcome, onClose }: OutcomeProps) {
  const { t } = useTranslation()
  return (
    <DialogOutcome onClose={onClose}>
      <List size="sm" spacing={4}>
        <List.Item>{t('import.done', { count: outcome.counts.create })}</List.Item>
        {outcome.cancelled && <List.Item>{t('import.cancelled')}</List.Item>}
      </List>
      <Rows rows={outcome.rows} counts={outcome.counts} />
    </DialogOutcome>
  )
}
