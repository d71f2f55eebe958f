import { useState } from 'react'
import { Anchor, Button, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { PendingLink } from '../../../src-main/contract/links'
import { useAction } from '../../api/use-action'
import { useAllows } from '../../api/use-status'
import { usersAddress } from '../../state/users-route'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { ProviderSign } from '../../ui/provider-sign'
import { Time } from '../../ui/time'
import { changedAccount } from '../users/changed-account'
import { ConfirmDialog } from '../users/confirm-dialog'
import { ReasonDialog } from '../users/reason-dialog'
import classes from './links.module.css'

/** Identities that may belong to an account: what both sides say, and the administrator's word. */
export function PendingLinks({ links }: { readonly links: readonly PendingLink[] }) {
  const { t } = useTranslation()
  const allows = useAllows()
  const [chosen, setChosen] = useState<{ what: 'confirm' | 'refuse'; link: PendingLink } | null>(null)
  const close = () => setChosen(null)
  return (
    <>
      <ul className={classes.links} aria-label={t('links.list')}>
        {links.map((link) => (
          <li key={link.id} className={classes.link}>
            <Both link={link} />
            {link.refused === null && allows('users:manage') && (
              <div className={classes.buttons}>
                <Button size="compact-sm" onClick={() => setChosen({ what: 'confirm', link })}>
                  {t('links.confirm')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setChosen({ what: 'refuse', link })}
                >
                  {t('links.refuse')}
                </Button>
              </div>
            )}
            {link.refused !== null && (
              <Text size="sm" c="dimmed">
                {t('links.refused', { by: link.refused.by })} <Time at={link.refused.at} />
              </Text>
            )}
          </li>
        ))}
      </ul>
      {chosen?.what === 'confirm' && <Confirm link={chosen.link} onClose={close} />}
      {chosen?.what === 'refuse' && <Refuse link={chosen.link} onClose={close} />}
    </>
  )
}

function Both({ link }: { readonly link: PendingLink }) {
  const { t } = useTranslation()
  const ldap = link.kind === 'ldap'
  return (
    <div className={classes.both}>
      <div>
        <h3>{t('links.identity')}</h3>
        <Facts>
          <Fact label={t('drawer.slug')}>
            <ProviderSign provider={link.kind} /> <span className="dim">{link.slug}</span>
          </Fact>
          <Fact label={t(ldap ? 'drawer.directory' : 'drawer.issuer')}>
            <Mono text={link.issuer} />
          </Fact>
          <Fact label={t(ldap ? 'drawer.entry' : 'drawer.subject')}>
            <Mono text={link.subject} />
          </Fact>
          <Fact label={t('links.login')}>{link.login ?? t('common.none')}</Fact>
          <Fact label={t('drawer.name')}>{link.name ?? t('common.none')}</Fact>
          <Fact label={t('drawer.email')}>{link.email ?? t('common.none')}</Fact>
          <Fact label={t('links.tried')}>
            {t('links.tries', { count: link.tries })} <span className="dim">·</span> <Time at={link.lastAt} />
          </Fact>
        </Facts>
      </div>
      <div>
        <h3>{t('links.account')}</h3>
        <Facts>
          <Fact label={t('drawer.username')}>
            <Anchor component={Link} size="sm" href={usersAddress({ user: link.account.id })}>
              {link.account.username}
            </Anchor>
          </Fact>
          <Fact label={t('users.authProvider')}>
            <ProviderSign provider={link.account.authProvider} />
          </Fact>
          <Fact label={t('users.role')}>{t(`roles.${link.account.role}`)}</Fact>
          <Fact label={t('drawer.email')}>{link.account.email ?? t('common.none')}</Fact>
        </Facts>
      </div>
    </div>
  )
}

interface DialogProps {
  readonly link: PendingLink
  readonly onClose: () => void
}

function Confirm({ link, onClose }: DialogProps) {
  const { t } = useTranslation()
  const name = link.account.username
  const confirm = useAction('links.confirm', {
    refreshes: changedAccount,
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('links.confirmed', { name }) })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('links.confirmTitle', { name })}
      submit={t('links.confirmSubmit', { name })}
      pending={confirm.isPending}
      error={confirm.error}
      onSubmit={() => confirm.run({ id: link.id })}
      onClose={onClose}
    >
      <Text size="sm">{t(link.kind === 'ldap' ? 'links.confirmLdap' : 'links.confirmOidc', { name })}</Text>
    </ConfirmDialog>
  )
}

function Refuse({ link, onClose }: DialogProps) {
  const { t } = useTranslation()
  const name = link.account.username
  const refuse = useAction('links.refuse', {
    refreshes: changedAccount,
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('links.refusedDone', { name }) })
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t('links.refuseTitle', { name })}
      text={t('links.refuseText', { name })}
      submit={t('links.refuse')}
      action={refuse}
      onSubmit={(reason) => refuse.run({ id: link.id, reason })}
      onClose={onClose}
    />
  )
}
