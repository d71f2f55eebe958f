import { useEffect, useRef } from 'react'
import { Button, Group, Loader } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { signInProgressSchema, type SignInProgress } from '../../../src-main/contract/session'
import { openExternal } from '../../api/act'
import classes from './gate.module.css'

const steps = signInProgressSchema.shape.step.options

interface BrowserStepsProps {
  readonly name: string
  readonly progress: SignInProgress | null
  readonly onCancel: () => void
}

/** While the browser is open: which step it is, the page again, and Cancel. */
export function BrowserSteps({ name, progress, onCancel }: BrowserStepsProps) {
  const { t } = useTranslation()
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const now = steps.indexOf(progress?.step ?? 'discovering')
  const url = progress?.authorizationUrl ?? null
  const openAgain = async (address: string) => {
    if (!(await openExternal(address))) notifications.show({ color: 'red', message: t('common.notOpened') })
  }
  return (
    <>
      <h1 className={classes.title} ref={title} tabIndex={-1}>
        {t('signIn.browserTitle')}
      </h1>
      <p className={classes.intro}>{t('signIn.browserText', { name })}</p>
      <ol className={classes.steps} aria-live="polite">
        {steps.map((step, index) => {
          const state = index < now ? 'done' : index === now ? 'now' : 'later'
          return (
            <li
              key={step}
              className={classes.step}
              data-step={state}
              {...(state === 'now' && { 'aria-current': 'step' as const })}
            >
              {state === 'done' && <IconCircleCheckFilled size={16} aria-hidden />}
              {state === 'now' && <Loader size={14} m={1} aria-hidden />}
              {state === 'later' && <IconCircleDashed size={16} aria-hidden />}
              {t(`signIn.step.${step}`)}
            </li>
          )
        })}
      </ol>
      <Group gap="sm">
        <Button variant="default" onClick={onCancel}>
          {t('signIn.cancel')}
        </Button>
        {url !== null && (
          <Button variant="subtle" onClick={() => void openAgain(url)}>
            {t('signIn.openAgain')}
          </Button>
        )}
      </Group>
    </>
  )
}
