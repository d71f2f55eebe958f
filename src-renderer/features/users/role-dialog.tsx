import { useState } from 'react'
import { Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { roles, type Role } from '../../../src-main/contract/permissions'
import type { UserDetail } from '../../../src-main/contract/users'
import { useAction } from '../../api/use-action'
import { changedAccount } from './changed-account'
import { ConfirmDialog } from './confirm-dialog'

interface RoleDialogProps {
  readonly user: UserDetail
  readonly onClose: () => void
}

/** The role that is given by hand; what a group or a setting gives is said and stays. */
export function RoleDialog({ user, onClose }: RoleDialogProps) {
  const { t } = useTranslation()
  const manual = user.roles.find(({ source }) => source === 'manual')?.role ?? 'user'
  const mapped = user.roles.filter(({ source }) => source !== 'manual')
  const [role, setRole] = useState<Role>(manual)
  const name = user.username
  const change = useAction('users.setRole', {
    refreshes: changedAccount,
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('setRole.done', { name, role: t(`roles.${role}`) }) })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('setRole.title', { name })}
      submit={t('setRole.submit')}
      pending={change.isPending}
      disabled={role === manual}
      error={change.error}
      onSubmit={() => change.run({ id: user.id, role })}
      onClose={onClose}
    >
      <Radio.Group
        label={t('setRole.label')}
        value={role}
        onChange={(value) => setRole(roles.find((each) => each === value) ?? manual)}
      >
        <Stack gap={6} mt={4}>
          {roles.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`roles.${each}`)}
              description={t(`setRole.what.${each}`)}
              {...(each === role && { 'data-autofocus': true })}
            />
          ))}
        </Stack>
      </Radio.Group>
      {mapped.map(({ role: given, source }) => (
        <Text key={`${given} ${source}`} size="sm">
          {t('setRole.mapped', { role: t(`roles.${given}`), source })}
        </Text>
      ))}
    </ConfirmDialog>
  )
}
