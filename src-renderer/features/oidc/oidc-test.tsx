import { useEffect, useState } from 'react'
import { Button, Text, TextInput, Tooltip } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRun } from '../../api/use-run'
import { Section } from '../../ui/section'
import classes from '../diagnostics.module.css'
import { OidcResult } from './oidc-result'

interface OidcTestProps {
  readonly slug: string
  readonly name: string
  /** The profile that is looked at; null: the governing one. */
  readonly profile: string | null
}

function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}

/** The doctor for one provider: no browser, its ladder below. */
export function OidcTest({ slug, name, profile }: OidcTestProps) {
  const { t } = useTranslation()
  const { start, cancel, last, progress } = useRun(
    'oidc.test',
    profile === null ? slug : `${slug} of ${profile}`,
  )
  const [address, setAddress] = useState('')
  const app = address.trim()
  const invalid = app !== '' && !isWebAddress(app)
  const running = last?.status === 'pending'
  const begin = () => {
    if (!invalid) start(t('oidc.work', { name }), { provider: slug, profile, app: app === '' ? null : app })
  }

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || running) return
      event.preventDefault()
      begin()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  })

  return (
    <>
      <Section
        title={name}
        action={
          <div className={classes.buttons}>
            {running && (
              <Button variant="default" onClick={cancel}>
                {t('oidc.cancel')}
              </Button>
            )}
            <Tooltip label={t('ldap.shortcut')}>
              <Button
                disabled={running || invalid}
                leftSection={<IconPlayerPlay size={15} aria-hidden />}
                onClick={begin}
              >
                {t('oidc.test')}
              </Button>
            </Tooltip>
          </div>
        }
      >
        <Text c="dimmed">{t('oidc.before')}</Text>
        <TextInput
          mt={8}
          label={t('oidc.app')}
          description={t('oidc.appHint')}
          error={invalid ? t('oidc.appInvalid') : null}
          placeholder="https://"
          value={address}
          maxLength={2000}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
      </Section>
      <OidcResult slug={slug} name={name} last={last} progress={progress} />
    </>
  )
}
