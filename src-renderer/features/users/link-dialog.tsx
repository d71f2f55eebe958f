import { useState } from 'react'
import { Radio, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../src-main/contract/users'
import { useAction } from '../../api/use-action'
import { isReason, ReasonField } from '../../ui/reason-field'
import { changedAccount } from './changed-account'
import { ConfirmDialog } from './confirm-dialog'

interface LinkDialogProps {
  readonly user: User
  readonly onClose: () => void
}

/** Links an identity by hand, before its first sign-in too. */
export function LinkDialog({ user, onClose }: LinkDialogProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<'oidc' | 'ldap'>(user.authProvider === 'ldap' ? 'ldap' : 'oidc')
  const [issuer, setIssuer] = useState('')
  const [subject, setSubject] = useState('')
  const [reason, setReason] = useState('')
  const name = user.username
  const link = useAction('users.link', {
    refreshes: changedAccount,
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('links.confirmed', { name }) })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('linkByHand.title', { name })}
      submit={t('linkByHand.submit')}
      pending={link.isPending}
      disabled={issuer.trim() === '' || subject.trim() === '' || !isReason(reason)}
      error={link.error}
      onSubmit={() => link.run({ id: user.id, kind, issuer, subject, reason })}
      onClose={onClose}
    >
      <Radio.Group
        label={t('drawer.slug')}
        value={kind}
        onChange={(value) => setKind(value === 'ldap' ? 'ldap' : 'oidc')}
      >
        <Stack gap={6} mt={4}>
          <Radio value="oidc" label={t('providers.oidc')} data-autofocus />
          <Radio value="ldap" label={t('providers.ldap')} />
        </Stack>
      </Radio.Group>
      {kind === 'ldap' && <Text size="sm">{t('links.confirmLdap', { name })}</Text>}
      <TextInput
        label={t(kind === 'ldap' ? 'linkByHand.directory' : 'linkByHand.issuer')}
        value={issuer}
        onChange={(event) => setIssuer(event.currentTarget.value)}
        spellCheck={false}
        required
        withAsterisk={false}
      />
      <TextInput
        label={t(kind === 'ldap' ? 'linkByHand.entry' : 'linkByHand.subject')}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
        spellCheck={false}
        required
        withAsterisk={false}
      />
      <ReasonField value={reason} onChange={setReason} />
    </ConfirmDialog>
  )
}
