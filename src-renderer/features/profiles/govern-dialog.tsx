import { Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { ProfileImpact } from '../../../src-main/contract/profiles'
import { toApiError } from '../../api/api-error'
import { useAction } from '../../api/use-action'
import { useApi } from '../../api/use-api'
import { useExamined } from '../../state/examined-store'
import { CodeChip } from '../../ui/code-chip'
import { ErrorPanel } from '../../ui/error-panel'
import { ProviderSign } from '../../ui/provider-sign'
import { ConfirmDialog } from '../users/confirm-dialog'
import classes from './profiles.module.css'
import { changedProfile } from './use-profiles'

interface GovernDialogProps {
  readonly name: string
  readonly onClose: () => void
}

/** Shows what would change before another profile decides who may use the console. */
export function GovernDialog({ name, onClose }: GovernDialogProps) {
  const { t } = useTranslation()
  const impact = useApi('profiles.impact', { name })
  const examine = useExamined((state) => state.examine)
  const govern = useAction('profiles.govern', {
    refreshes: changedProfile,
    keep: ({ sessionsEnded }) => sessionsEnded,
    onDone: (count) => {
      examine(null)
      notifications.show({ message: t('profiles.governed', { name, count }) })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('profiles.titles.govern', { name })}
      submit={t('profiles.governSubmit', { name })}
      pending={govern.isPending}
      disabled={impact.data === undefined || impact.data.obstacles.length > 0}
      error={govern.error}
      onSubmit={() => govern.run({ name })}
      onClose={onClose}
    >
      {impact.error !== null && <ErrorPanel error={toApiError(impact.error)} />}
      {impact.data !== undefined && <Impact impact={impact.data} />}
    </ConfirmDialog>
  )
}

function Impact({ impact }: { readonly impact: ProfileImpact }) {
  const { t } = useTranslation()
  const { governing, name, methods, ways, wayIn, openSessions, obstacles } = impact
  const onOff = (on: boolean | undefined) => t(on ? 'profiles.on' : 'profiles.off')
  return (
    <Stack gap="sm">
      <Text size="sm">{t('profiles.governText', { governing, name })}</Text>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col">{t('profiles.accounts')}</th>
            <th scope="col">{t('profiles.now')}</th>
            <th scope="col">{t('profiles.then')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className="mono">
              AUTH_METHOD
            </th>
            <td />
            {methods.map((method, index) => (
              <td key={index} className="mono">
                {method ?? t('frame.methodUnknown')}
              </td>
            ))}
          </tr>
          {ways.map(({ provider, accounts, on }) => (
            <tr key={provider} data-changes={on[0] !== on[1]}>
              <th scope="row">
                <ProviderSign provider={provider} />
              </th>
              <td className="number">{accounts}</td>
              {on.map((each, index) => (
                <td key={index}>{onOff(each)}</td>
              ))}
            </tr>
          ))}
          <tr data-changes={wayIn[0] !== wayIn[1]}>
            <th scope="row">{t('profiles.wayIn')}</th>
            <td />
            {wayIn.map((count, index) => (
              <td key={index} className="number">
                {count}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <Text size="sm">{t('profiles.sessionsEnd', { count: openSessions })}</Text>
      {obstacles.map((finding, index) => (
        <div key={index} className={classes.fault}>
          <CodeChip code={finding.code} tone="bad" />
          <span>{finding.message}</span>
        </div>
      ))}
    </Stack>
  )
}
