import { useState, type KeyboardEvent } from 'react'
import { Button, PasswordInput, TextInput, Tooltip } from '@mantine/core'
import { IconFileText, IconPlayerPlay, IconServer } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRun } from '../../api/use-run'
import type { ChosenFile } from '../../state/selection-store'
import { ErrorPanel } from '../../ui/error-panel'
import { Section } from '../../ui/section'
import classes from '../diagnostics.module.css'
import { LdapResult } from './ldap-result'
import { useAgainst } from './use-against'

interface LdapTestProps {
  readonly sample: ChosenFile | null
  /** The profile that is looked at; null: the governing one. */
  readonly profile: string | null
}

/** The Test button and what it needs; the ladder appears below it. */
export function LdapTest({ sample, profile }: LdapTestProps) {
  const { t } = useTranslation()
  const [user, setUser] = useState('')
  const [password, setPassword] = useState('')
  const against = useAgainst(sample)
  const run = useRun('ldap.test', profile === null ? 'directory' : `directory of ${profile}`)
  const running = run.last?.status === 'pending'

  const start = () => {
    if (running) return
    const name = user.trim()
    run.start(name === '' ? t('ldap.work') : t('ldap.workUser', { user: name }), {
      user: name === '' ? null : name,
      password: name === '' || password === '' ? null : password,
      against: against.file?.handle ?? null,
      profile,
    })
  }
  const probe = () =>
    run.start(t('ldap.emptyPassword'), {
      ...{ user: null, password: null, against: null, profile },
      probe: 'empty-password',
    })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      start()
    }
  }
  return (
    <>
      <Section title={t('ldap.testTitle')} action={<AgainstButtons against={against} />}>
        <div className={classes.against}>
          <span className="dim">{t('ldap.against')}</span>
          {against.file === null ? (
            <>
              <IconServer size={16} aria-hidden />
              {t('ldap.server')}
            </>
          ) : (
            <>
              <IconFileText size={16} aria-hidden />
              <span className="mono">{against.file.name}</span>
            </>
          )}
        </div>
        <form
          className={classes.form}
          onKeyDown={onKeyDown}
          onSubmit={(event) => {
            event.preventDefault()
            start()
          }}
        >
          <TextInput
            className={classes.field ?? ''}
            label={t('ldap.username')}
            placeholder={t('ldap.usernameHint')}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
            maxLength={200}
          />
          <PasswordInput
            className={classes.field ?? ''}
            label={t('ldap.password')}
            placeholder={t('ldap.usernameHint')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="off"
            disabled={user.trim() === ''}
          />
          <div className={classes.buttons}>
            <Tooltip label={t('ldap.shortcut')}>
              <Button
                type="submit"
                h={36}
                disabled={running}
                leftSection={<IconPlayerPlay size={15} aria-hidden />}
              >
                {t('ldap.test')}
              </Button>
            </Tooltip>
            {against.file === null && (
              <Tooltip label={t('ldap.emptyPasswordHint')} multiline w={320}>
                <Button variant="subtle" h={36} disabled={running} onClick={probe}>
                  {t('ldap.emptyPassword')}
                </Button>
              </Tooltip>
            )}
            {running && (
              <Button variant="default" h={36} onClick={run.cancel}>
                {t('ldap.cancel')}
              </Button>
            )}
          </div>
        </form>
        <p className={classes.hint}>{t('ldap.passwordHint')}</p>
      </Section>
      {against.error !== null && <ErrorPanel error={against.error} />}
      <LdapResult last={run.last} progress={run.progress} />
    </>
  )
}

function AgainstButtons({ against }: { readonly against: ReturnType<typeof useAgainst> }) {
  const { t } = useTranslation()
  return (
    <div className={classes.buttons}>
      {against.mayUseServer && (
        <Button variant="subtle" h={28} fz={13} onClick={against.useServer}>
          {t('ldap.useServer')}
        </Button>
      )}
      <Button variant="subtle" h={28} fz={13} onClick={against.chooseFile}>
        {t('ldap.useFile')}
      </Button>
    </div>
  )
}
