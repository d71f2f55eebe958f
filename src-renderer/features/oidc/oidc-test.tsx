import { useEffect } from 'react'
import { Button, Text, Tooltip } from '@mantine/core'
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

/** The doctor for one provider: no browser, its ladder below. */
export function OidcTest({ slug, name, profile }: OidcTestProps) {
  const { t } = useTranslation()
  const { start, cancel, last, progress } = useRun(
    'oidc.test',
    profile === null ? slug : `${slug} of ${profile}`,
  )
  const running = last?.status === 'pending'

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || running) return
      event.preventDefault()
      start(t('oidc.work', { name }), { provider: slug, profile })
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
                disabled={running}
                leftSection={<IconPlayerPlay size={15} aria-hidden />}
                onClick={() => start(t('oidc.work', { name }), { provider: slug, profile })}
              >
                {t('oidc.test')}
              </Button>
            </Tooltip>
          </div>
        }
      >
        <Text c="dimmed">{t('oidc.before')}</Text>
      </Section>
      <OidcResult slug={slug} name={name} last={last} progress={progress} />
    </>
  )
}
