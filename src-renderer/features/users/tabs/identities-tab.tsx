import { useState } from 'react'
import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconId } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { UserDetail } from '../../../../src-main/contract/users'
import { useAction } from '../../../api/use-action'
import { useApi } from '../../../api/use-api'
import { useAllows } from '../../../api/use-status'
import { Empty } from '../../../ui/empty'
import { Fact, Facts } from '../../../ui/facts'
import { Mono } from '../../../ui/mono'
import { ProviderSign } from '../../../ui/provider-sign'
import { Time } from '../../../ui/time'
import { PendingLinks } from '../../links/pending-links'
import { changedAccount } from '../changed-account'
import { ConvertDialog } from '../convert-dialog'
import classes from '../drawer.module.css'
import { LinkDialog } from '../link-dialog'
import { ReasonDialog } from '../reason-dialog'

type StoredIdentity = UserDetail['identities'][number]

/** The identities that lead to this account, those that wait, and what an administrator can do about them. */
export function IdentitiesTab({ user }: { readonly user: UserDetail }) {
  const { t } = useTranslation()
  const mayManage = useAllows()('users:manage')
  const waiting = useApi('links.list', { account: user.id })
  const [open, setOpen] = useState<'link' | 'convert' | StoredIdentity | null>(null)
  const close = () => setOpen(null)
  const links = waiting.data?.links ?? []
  return (
    <>
      {user.identities.length === 0 && (
        <Empty icon={IconId} title={t('drawer.noIdentities')}>
          {user.authProvider === 'local' && <span>{t('drawer.noIdentitiesLocal')}</span>}
        </Empty>
      )}
      <ul className={classes.items}>
        {user.identities.map((identity) => (
          <li key={`${identity.issuer} ${identity.subject}`} className={classes.item}>
            <IdentityFacts identity={identity} />
            {mayManage && (
              <Button size="compact-sm" variant="default" mt={6} onClick={() => setOpen(identity)}>
                {t('unlink.open')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {links.length > 0 && (
        <section className={classes.part}>
          <h3>{t('links.waiting')}</h3>
          <PendingLinks links={links} />
        </section>
      )}
      {mayManage && (
        <Group gap="sm" mt="md">
          <Button size="compact-sm" variant="default" onClick={() => setOpen('link')}>
            {t('linkByHand.open')}
          </Button>
          {user.authProvider !== 'local' && (
            <Button size="compact-sm" variant="default" onClick={() => setOpen('convert')}>
              {t('convert.open')}
            </Button>
          )}
        </Group>
      )}
      {open === 'link' && <LinkDialog user={user} onClose={close} />}
      {open === 'convert' && <ConvertDialog user={user} onClose={close} />}
      {typeof open === 'object' && open !== null && (
        <UnlinkDialog user={user} identity={open} onClose={close} />
      )}
    </>
  )
}

interface UnlinkDialogProps {
  readonly user: UserDetail
  readonly identity: StoredIdentity
  readonly onClose: () => void
}

function UnlinkDialog({ user, identity, onClose }: UnlinkDialogProps) {
  const { t } = useTranslation()
  const name = user.username
  const unlink = useAction('users.unlink', {
    refreshes: changedAccount,
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('unlink.done', { name }) })
      onClose()
    },
  })
  const { issuer, subject } = identity
  return (
    <ReasonDialog
      title={t('unlink.title', { name })}
      text={t('unlink.text', { name, issuer })}
      submit={t('unlink.submit')}
      action={unlink}
      onSubmit={(reason) => unlink.run({ id: user.id, issuer, subject, reason })}
      onClose={onClose}
    />
  )
}

function IdentityFacts({ identity }: { readonly identity: StoredIdentity }) {
  const { t } = useTranslation()
  const ldap = identity.kind === 'ldap'
  const count = identity.claims.length
  return (
    <>
      <Facts>
        <Fact label={t('drawer.slug')}>
          <ProviderSign provider={identity.kind} /> <span className="dim">{identity.slug}</span>
        </Fact>
        <Fact label={t(ldap ? 'drawer.directory' : 'drawer.issuer')}>
          <Mono text={identity.issuer} copy={t(ldap ? 'drawer.directory' : 'drawer.issuer')} />
        </Fact>
        <Fact label={t(ldap ? 'drawer.entry' : 'drawer.subject')}>
          <Mono text={identity.subject} copy={t(ldap ? 'drawer.entry' : 'drawer.subject')} />
        </Fact>
        {identity.name !== null && <Fact label={t('drawer.name')}>{identity.name}</Fact>}
        {identity.email !== null && <Fact label={t('drawer.email')}>{identity.email}</Fact>}
        <Fact label={t('connected.first')}>
          <Time at={identity.linkedAt} />
        </Fact>
        <Fact label={t('drawer.firstSignIn')}>
          <Time at={identity.firstSignIn} />
        </Fact>
        <Fact label={t('drawer.lastSignIn')}>
          <Time at={identity.lastSignIn} />
        </Fact>
      </Facts>
      {count > 0 && (
        <details>
          <summary>{t(ldap ? 'drawer.attributes' : 'drawer.claims', { count })}</summary>
          <Facts>
            {identity.claims.map(({ name, value }, index) => (
              <Fact key={index} label={<span className="mono">{name}</span>}>
                <Mono text={value} />
              </Fact>
            ))}
          </Facts>
        </details>
      )}
    </>
  )
}
