import { useState, type ReactNode } from 'react'
import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApplicationDetail, ApplicationStatus } from '../../../src-main/contract/application'
import { useApi } from '../../api/use-api'
import { CodeChip } from '../../ui/code-chip'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { Time } from '../../ui/time'
import drawer from '../users/drawer.module.css'
import { ApplicationEvents } from './application-events'
import { ApplicationExplanation } from './application-explanation'
import { ApplicationReset } from './application-reset'
import { ApplicationProviderSign, ApplicationStateSign } from './application-signs'
import { ApplicationSwitch } from './application-switch'
import classes from './application.module.css'
import { DrawerFrame } from '../users/drawer-frame'

interface ApplicationDrawerProps {
  readonly profile: string | null
  readonly id: string
  readonly status: ApplicationStatus
  readonly onClose: () => void
}

/** Everything about one account of the application, beside the table. */
export function ApplicationDrawer({ profile, id, status, onClose }: ApplicationDrawerProps) {
  const { t } = useTranslation()
  const account = useApi('application.get', { profile, id })
  const { data } = account
  return (
    <DrawerFrame
      name={data?.username ?? ''}
      query={account}
      onClose={onClose}
      signs={
        data !== undefined && (
          <>
            {data.admin && <span className="dim">{t('roles.admin')}</span>}
            <ApplicationProviderSign provider={data.provider} />
            <ApplicationStateSign state={data.state} />
          </>
        )
      }
    >
      {data !== undefined && (
        <Content account={data}>
          <ApplicationExplanation profile={profile} id={id} status={status} />
        </Content>
      )}
      {data !== undefined && <Actions profile={profile} account={data} />}
    </DrawerFrame>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={drawer.part}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Content({
  account,
  children,
}: {
  readonly account: ApplicationDetail
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const { explained, identities, sessions, tokens } = account
  const counted = (count: number | null) => (count === null ? t('application.notKept') : String(count))
  return (
    <div className={classes.body}>
      {explained.length > 0 && (
        <Part title={t('application.doesNotFit')}>
          {explained.map(({ id, message, next }) => (
            <div key={id} className={drawer.item}>
              <Text size="sm">{message}</Text>
              <Text size="sm" c="dimmed">
                {next}
              </Text>
            </div>
          ))}
        </Part>
      )}
      <Part title={t('application.signIn')}>{children}</Part>
      <Part title={t('application.account')}>
        <Facts>
          <Fact label={t('application.id')}>{account.id}</Fact>
          <Fact label={t('users.fullName')}>{account.fullName ?? t('common.none')}</Fact>
          <Fact label={t('users.email')}>{account.email ?? t('common.none')}</Fact>
          <Fact label={t('application.stored')}>
            {account.storedProvider === null ? (
              t('application.noColumn')
            ) : (
              <Mono text={account.storedProvider} />
            )}
          </Fact>
          <Fact label={t('application.password')}>{account.passwordFormat ?? t('common.none')}</Fact>
          <Fact label={t('application.columns.lastSignIn')}>
            {account.lastSignIn === null ? t('application.notKnown') : <Time at={account.lastSignIn} />}
          </Fact>
          <Fact label={t('application.sessions')}>{counted(sessions)}</Fact>
          <Fact label={t('application.tokens')}>{counted(tokens)}</Fact>
        </Facts>
      </Part>
      {account.events !== null && (
        <Part title={t('application.events')}>
          <ApplicationEvents events={account.events} />
        </Part>
      )}
      {identities.length > 0 && (
        <Part title={t('application.identities')}>
          {identities.map(({ issuer, slug, subject }) => (
            <div key={`${issuer ?? slug ?? ''} ${subject}`} className={drawer.item}>
              <Mono text={issuer ?? slug ?? ''} />
              <Mono text={subject} />
            </div>
          ))}
        </Part>
      )}
    </div>
  )
}

interface ActionsProps {
  readonly profile: string | null
  readonly account: ApplicationDetail
}

/** What can be done; what is refused stands there with its code. */
function Actions({ profile, account }: ActionsProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'reset' | 'disable' | 'enable' | null>(null)
  const { resetPassword, disable, enable } = account.actions
  const refused = [
    { id: 'reset', ...resetPassword },
    { id: 'disable', ...disable },
    { id: 'enable', ...enable },
  ] as const
  return (
    <div className={drawer.actions}>
      <div className={drawer.buttons}>
        <Button disabled={!resetPassword.allowed} onClick={() => setOpen('reset')}>
          {t('application.reset')}
        </Button>
        {disable.allowed && (
          <Button variant="default" onClick={() => setOpen('disable')}>
            {t('application.disable')}
          </Button>
        )}
        {enable.allowed && (
          <Button variant="default" onClick={() => setOpen('enable')}>
            {t('application.enable')}
          </Button>
        )}
      </div>
      <ul className={drawer.refused}>
        {refused.map(
          ({ id, code }) =>
            code !== null &&
            code !== 'FORBIDDEN' && (
              <li key={id}>
                {t(`application.${id}`)}
                <Refusal code={code} />
              </li>
            ),
        )}
      </ul>
      {open === 'reset' && (
        <ApplicationReset profile={profile} account={account} onClose={() => setOpen(null)} />
      )}
      {(open === 'disable' || open === 'enable') && (
        <ApplicationSwitch profile={profile} account={account} to={open} onClose={() => setOpen(null)} />
      )}
    </div>
  )
}

const refusals = [
  'PASSWORD_NOT_LOCAL',
  'LAST_ADMIN',
  'APP_SCHEMA_UNKNOWN',
  'APP_NOT_OFFERED',
  'DB_READ_ONLY',
] as const

function Refusal({ code }: { readonly code: string }) {
  const { t } = useTranslation('codes')
  const known = refusals.find((each) => each === code)
  return known === undefined ? null : (
    <>
      <span>{t(`${known}.title`)}</span>
      <CodeChip code={known} />
    </>
  )
}
