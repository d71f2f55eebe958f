import { useState } from 'react'
import { Alert, Button, Checkbox, Group, Modal, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { OwnIdentity } from '../../../src-main/contract/links'
import type { Output } from '../../api/paths'
import { useAction } from '../../api/use-action'
import { useBrowserRun } from '../../api/use-browser-run'
import { Fact, Facts } from '../../ui/facts'
import { FormError } from '../../ui/form-error'
import { ProviderSign } from '../../ui/provider-sign'
import { Section } from '../../ui/section'
import { Time } from '../../ui/time'
import { BrowserSteps } from '../sign-in/browser-steps'
import { ConfirmDialog } from '../users/confirm-dialog'
import classes from './account.module.css'

type OwnAccount = Output<'account.get'>

/** The providers that open this account: what they said, and connecting and disconnecting them. */
export function ConnectedAccounts({ account }: { readonly account: OwnAccount }) {
  const { t } = useTranslation()
  const [leaving, setLeaving] = useState<OwnIdentity | null>(null)
  const connect = useBrowserRun('account.connect', ['account.get'], () =>
    notifications.show({ message: t('connected.done') }),
  )
  const { identities, providers } = account
  const [provider, setProvider] = useState('')
  return (
    <Section title={t('connected.title')}>
      {identities.length === 0 && <Text size="sm">{t('connected.none')}</Text>}
      <ul className={classes.items}>
        {identities.map((identity) => (
          <li key={`${identity.issuer} ${identity.subject}`} className={classes.item}>
            <Facts>
              <Fact label={t('drawer.slug')}>
                <ProviderSign provider={identity.kind} /> {identity.provider ?? identity.issuer}
              </Fact>
              <Fact label={t('drawer.email')}>{identity.email ?? t('common.none')}</Fact>
              <Fact label={t('connected.first')}>
                <Time at={identity.linkedAt} />
              </Fact>
              <Fact label={t('drawer.lastSignIn')}>
                <Time at={identity.lastSignIn} />
              </Fact>
            </Facts>
            {identity.kind === 'oidc' && (
              <Button size="compact-sm" variant="default" onClick={() => setLeaving(identity)}>
                {t('connected.disconnect')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Group gap="sm">
        {providers.map(({ slug, name }) => (
          <Button
            key={slug}
            variant="default"
            disabled={connect.isPending}
            onClick={() => {
              setProvider(name)
              connect.start(slug)
            }}
          >
            {t('connected.connect', { name })}
          </Button>
        ))}
      </Group>
      <FormError error={connect.error} />
      {connect.isPending && (
        <Modal opened onClose={connect.cancel} withCloseButton={false} closeOnClickOutside={false}>
          <BrowserSteps name={provider} progress={connect.progress} onCancel={connect.cancel} />
        </Modal>
      )}
      {leaving !== null && (
        <Disconnect identity={leaving} hasPassword={account.hasPassword} onClose={() => setLeaving(null)} />
      )}
    </Section>
  )
}

interface DisconnectProps {
  readonly identity: OwnIdentity
  readonly hasPassword: boolean
  readonly onClose: () => void
}

/** Two steps: the box, then the button; without a password it says what that means. */
function Disconnect({ identity, hasPassword, onClose }: DisconnectProps) {
  const { t } = useTranslation()
  const [sure, setSure] = useState(false)
  const name = identity.provider ?? identity.issuer
  const disconnect = useAction('account.disconnect', {
    refreshes: ['account.get'],
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('connected.gone', { name }) })
      onClose()
    },
  })
  const { issuer, subject } = identity
  return (
    <ConfirmDialog
      title={t('connected.disconnectTitle', { name })}
      submit={t('connected.disconnectSubmit', { name })}
      pending={disconnect.isPending}
      disabled={!sure}
      error={disconnect.error}
      onSubmit={() => disconnect.run({ issuer, subject })}
      onClose={onClose}
    >
      <Text size="sm">{t('connected.disconnectText', { name })}</Text>
      {!hasPassword && (
        <Alert color="yellow" p="xs">
          {t('connected.noPassword')}
        </Alert>
      )}
      <Checkbox
        label={t('connected.sure', { name })}
        checked={sure}
        onChange={(event) => setSure(event.currentTarget.checked)}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
