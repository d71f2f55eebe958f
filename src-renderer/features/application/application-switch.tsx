import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { ApplicationDetail } from '../../../src-main/contract/application'
import { useAction } from '../../api/use-action'
import { ReasonDialog } from '../users/reason-dialog'
import { changedApplication } from './use-application'

interface ApplicationSwitchProps {
  readonly profile: string | null
  readonly account: ApplicationDetail
  readonly to: 'disable' | 'enable'
  readonly onClose: () => void
}

/** Disabling or enabling an account of the application, with a reason. */
export function ApplicationSwitch({ profile, account, to, onClose }: ApplicationSwitchProps) {
  const { t } = useTranslation()
  const { id, revision, username: name } = account
  const done = {
    refreshes: changedApplication,
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t(`application.${to}Done`, { name }) })
      onClose()
    },
  }
  const disable = useAction('application.disable', done)
  const enable = useAction('application.enable', done)
  const action = to === 'disable' ? disable : enable
  return (
    <ReasonDialog
      title={t(`application.${to}Title`, { name })}
      text={t(`application.${to}Text`)}
      submit={t(`application.${to}Submit`, { name })}
      action={action}
      onSubmit={(reason) => action.run({ profile, id, revision, reason })}
      onClose={onClose}
    />
  )
}
