import { useState } from 'react'
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BulkAction, BulkRow, BulkTarget } from '../../../src-main/contract/accounts-bulk'
import type { Output } from '../../api/paths'
import { useApi } from '../../api/use-api'
import { useMany } from '../../api/use-many'
import { ErrorPanel } from '../../ui/error-panel'
import { FormError } from '../../ui/form-error'
import { ManyProgress } from '../../ui/many-progress'
import { isReason, ReasonField } from '../../ui/reason-field'
import { AnyCode } from '../../ui/code-chip'
import { changedAccount } from './changed-account'
import classes from './many.module.css'

interface BulkDialogProps {
  readonly action: BulkAction
  readonly target: BulkTarget
  readonly onClose: () => void
}

/** One thing done to many accounts: what would happen, why, how far it is, and what came of each. */
export function BulkDialog({ action, target, onClose }: BulkDialogProps) {
  const { t } = useTranslation()
  const [again, setAgain] = useState<BulkTarget | null>(null)
  const [reason, setReason] = useState('')
  const bulk = useMany('users.bulk', changedAccount)
  const present = again ?? target
  const start = (whose: BulkTarget) => bulk.start({ action, target: whose, reason: reason.trim() })
  const close = () => (bulk.isPending ? bulk.cancel() : onClose())
  return (
    <Modal
      opened
      onClose={close}
      title={t(`bulk.${action}.title`)}
      size={560}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {bulk.isPending && <ManyProgress progress={bulk.progress} onCancel={bulk.cancel} />}
      {!bulk.isPending && bulk.data === undefined && (
        <BulkForm
          action={action}
          target={present}
          reason={reason}
          error={bulk.error}
          onReason={setReason}
          onSubmit={() => start(present)}
          onClose={onClose}
        />
      )}
      {!bulk.isPending && bulk.data !== undefined && (
        <BulkOutcome
          outcome={bulk.data}
          onRetry={(ids) => {
            setAgain({ ids })
            start({ ids })
          }}
          onClose={onClose}
        />
      )}
    </Modal>
  )
}

interface BulkFormProps {
  readonly action: BulkAction
  readonly target: BulkTarget
  readonly reason: string
  readonly error: Parameters<typeof FormError>[0]['error']
  readonly onReason: (reason: string) => void
  readonly onSubmit: () => void
  readonly onClose: () => void
}

function BulkForm({ action, target, reason, error, onReason, onSubmit, onClose }: BulkFormProps) {
  const { t } = useTranslation()
  const preview = useApi('users.bulkPreview', { action, target })
  const changes = preview.data?.changes ?? 0
  const ready = changes > 0 && isReason(reason)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onSubmit()
      }}
    >
      <Stack gap="md">
        {preview.error !== null && (
          <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />
        )}
        {preview.data !== undefined && (
          <List size="sm" spacing={4} aria-label={t('bulk.preview')}>
            <List.Item>{t(`bulk.${action}.changes`, { count: changes })}</List.Item>
            {preview.data.unchanged > 0 && (
              <List.Item>{t('bulk.unchanged', { count: preview.data.unchanged })}</List.Item>
            )}
            {preview.data.refused.map(({ code, count }) => (
              <List.Item key={code}>
                {t('bulk.refused', { count })} <AnyCode code={code} />
              </List.Item>
            ))}
          </List>
        )}
        <ReasonField value={reason} onChange={onReason} />
        <FormError error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" color={action === 'disable' ? 'red' : 'blue'} disabled={!ready}>
            {t(`bulk.${action}.submit`, { count: changes })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface BulkOutcomeProps {
  readonly outcome: Output<'users.bulk'>
  readonly onRetry: (ids: string[]) => void
  readonly onClose: () => void
}

/** Those that were so already need no second try. */
const failed = ({ code }: BulkRow) => code !== 'OK' && code !== 'CONFLICT'

function BulkOutcome({ outcome, onRetry, onClose }: BulkOutcomeProps) {
  const { t } = useTranslation()
  const { rows, total, cancelled } = outcome
  const failures = rows.filter(failed)
  const count = (code: string) => rows.filter((row) => row.code === code).length
  return (
    <Stack gap="md" role="status">
      <List size="sm" spacing={4}>
        <List.Item>{t('bulk.done', { count: count('OK') })}</List.Item>
        {count('CONFLICT') > 0 && <List.Item>{t('bulk.unchanged', { count: count('CONFLICT') })}</List.Item>}
        {failures.length > 0 && <List.Item>{t('bulk.failed', { count: failures.length })}</List.Item>}
        {cancelled && <List.Item>{t('bulk.cancelled', { count: total - rows.length })}</List.Item>}
      </List>
      {failures.length > 0 && (
        <div className={classes.scroll}>
          <table className={classes.table} aria-label={t('bulk.failures')}>
            <tbody>
              {failures.slice(0, 500).map(({ id, username, code }) => (
                <tr key={id}>
                  <td>{username === '' ? id : username}</td>
                  <td>
                    <AnyCode code={code} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {failures.length > 500 && <Text size="sm">{t('many.first', { count: 500 })}</Text>}
      <Group justify="flex-end" gap="sm">
        {failures.length > 0 && (
          <Button variant="default" onClick={() => onRetry(failures.map(({ id }) => id))}>
            {t('bulk.retry', { count: failures.length })}
          </Button>
        )}
        <Button onClick={onClose} autoFocus>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  )
}
