import { useState } from 'react'
import { List, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApplicationDetail } from '../../../src-main/contract/application'
import { protectWindow } from '../../api/act'
import { useAction } from '../../api/use-action'
import { DialogOutcome } from '../../ui/dialog-outcome'
import { ReasonDialog } from '../users/reason-dialog'
import { SecretOnce } from '../users/secret-once'
import { changedApplication } from './use-application'

interface ApplicationResetProps {
  readonly profile: string | null
  readonly account: ApplicationDetail
  readonly onClose: () => void
}

interface Outcome {
  readonly mustChange: boolean
  readonly sessionsEnded: number | null
  readonly tokensLeft: number | null
}

/** Whose and why, then the passphrase once, then what happened and what could not. */
export function ApplicationReset({ profile, account, onClose }: ApplicationResetProps) {
  const { t } = useTranslation()
  const [secret, setSecret] = useState<string | null>(null)
  const reset = useAction('application.resetPassword', {
    refreshes: changedApplication,
    keep: async ({ passphrase, mustChange, sessionsEnded, tokensLeft }): Promise<Outcome> => {
      await protectWindow('protected')
      setSecret(passphrase)
      return { mustChange, sessionsEnded, tokensLeft }
    },
  })
  const { id, revision, username: name } = account
  if (reset.data === undefined && secret === null)
    return (
      <ReasonDialog
        title={t('reset.title', { name })}
        text={t('application.resetText')}
        submit={t('reset.submit')}
        action={reset}
        onSubmit={(reason) => reset.run({ profile, id, revision, reason })}
        onClose={onClose}
      />
    )
  return (
    <Modal
      opened
      onClose={() => (secret === null ? onClose() : setSecret(null))}
      title={secret === null ? t('reset.doneTitle') : t('reset.title', { name })}
      size={540}
      closeOnEscape={secret === null}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {secret !== null && <SecretOnce secret={secret} onHide={() => setSecret(null)} />}
      {secret === null && reset.data !== undefined && (
        <ResetOutcome name={name} outcome={reset.data} onClose={onClose} />
      )}
    </Modal>
  )
}

interface ResetOutcomeProps {
  readonly name: string
  readonly outcome: Outcome
  readonly onClose: () => void
}

function ResetOutcome({ name, outcome, onClose }: ResetOutcomeProps) {
  const { t } = useTranslation()
  const { mustChange, sessionsEnded, tokensLeft } = outcome
  return (
    <DialogOutcome onClose={onClose}>
      <List size="sm" spacing={4}>
        <List.Item>{t(mustChange ? 'reset.doneMust' : 'application.doneTell', { name })}</List.Item>
        <List.Item>
          {sessionsEnded === null
            ? t('application.doneNoSessions')
            : t('reset.doneSessions', { count: sessionsEnded })}
        </List.Item>
        {tokensLeft !== null && tokensLeft > 0 && (
          <List.Item>{t('application.doneTokens', { count: tokensLeft })}</List.Item>
        )}
        <List.Item>{t('reset.doneAudit')}</List.Item>
      </List>
    </DialogOutcome>
  )
}
