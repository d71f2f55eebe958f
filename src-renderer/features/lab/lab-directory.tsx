import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAllows } from '../../api/use-status'
import { useRun } from '../../api/use-run'
import type { ChosenFile } from '../../state/selection-store'
import { Section } from '../../ui/section'
import diagnostics from '../diagnostics.module.css'
import { ExplainPerson } from '../ldap/explain-person'
import { LdapResult } from '../ldap/ldap-result'
import { LabFilter } from './lab-filter'
import { LabSync } from './lab-sync'

interface LabDirectoryProps {
  readonly file: ChosenFile
  /** Where the settings look for people. */
  readonly base: string
  readonly profile: string | null
}

/** Everything that a directory answers, answered by the file. */
export function LabDirectory({ file, base, profile }: LabDirectoryProps) {
  const { t } = useTranslation()
  const allows = useAllows()
  return (
    <>
      <LabTest file={file} profile={profile} />
      <ExplainPerson profile={profile} against={file.handle} />
      <LabFilter file={file} base={base} profile={profile} />
      {profile !== null && allows('sync:run') && (
        <Section title={t('lab.sync.title')}>
          <p className={diagnostics.hint}>{t('lab.sync.governing')}</p>
        </Section>
      )}
      {profile === null && allows('sync:run') && <LabSync file={file} />}
    </>
  )
}

/** The ladder from the base on. A file cannot check a password, so none is asked for. */
function LabTest({ file, profile }: Pick<LabDirectoryProps, 'file' | 'profile'>) {
  const { t } = useTranslation()
  const [user, setUser] = useState('')
  const run = useRun('ldap.test', `${file.handle} ${profile ?? ''}`)
  const running = run.last?.status === 'pending'
  const name = user.trim()
  const start = () =>
    run.start(t('lab.test.work', { name: file.name }), {
      ...{ user: name === '' ? null : name, password: null, against: file.handle, profile },
    })
  return (
    <Section title={t('lab.test.title')}>
      <form
        className={diagnostics.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!running) start()
        }}
      >
        <TextInput
          className={diagnostics.field}
          label={t('lab.test.user')}
          placeholder={t('ldap.usernameHint')}
          value={user}
          onChange={(event) => setUser(event.currentTarget.value)}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" h={36} loading={running} leftSection={<IconPlayerPlay size={15} aria-hidden />}>
          {t('lab.test.start')}
        </Button>
      </form>
      <p className={diagnostics.hint}>{t('lab.test.hint')}</p>
      {run.last !== undefined && (
        <div className={diagnostics.story}>
          <LdapResult last={run.last} progress={run.progress} />
        </div>
      )}
    </Section>
  )
}
