import { useEffect, useRef, useState } from 'react'
import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconCheck, IconCopy, IconEyeOff, IconLetterCase } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { copyText, protectWindow } from '../../api/act'
import { useNow } from '../../ui/use-now'
import classes from './secret.module.css'
import { SpelledOut } from './spelled-out'

const lifeMs = 60_000

interface SecretOnceProps {
  readonly secret: string
  /** Called when the time is over or the person is done; the caller drops the secret. */
  readonly onHide: () => void
}

/** A passphrase in large type with copy, spelling and a countdown; after it nothing of it is left. */
export function SecretOnce({ secret, onHide }: SecretOnceProps) {
  const { t } = useTranslation()
  const [ends] = useState(() => Date.now() + lifeMs)
  const [spelled, setSpelled] = useState(false)
  const [copied, setCopied] = useState<'not-yet' | 'done' | 'failed'>('not-yet')
  const left = Math.max(0, ends - useNow(250))
  const first = useRef<HTMLButtonElement>(null)
  // The form that had the focus is gone; without this the keyboard would act on the page behind the dialog.
  useEffect(() => first.current?.focus(), [])
  useEffect(() => {
    if (left === 0) onHide()
  }, [left, onHide])
  useEffect(() => {
    void protectWindow('protected')
    return () => void protectWindow('open')
  }, [])
  const copy = async () => setCopied((await copyText(secret)) ? 'done' : 'failed')
  return (
    <Stack gap="sm">
      <Text size="sm">{t('secret.once')}</Text>
      <output className={classes.secret} aria-label={t('secret.label')}>
        {secret}
      </output>
      {spelled && <SpelledOut text={secret} />}
      <Progress value={(left / lifeMs) * 100} size={4} aria-hidden transitionDuration={0} />
      <Text size="sm" c="dimmed" className="number" role="timer">
        {t('secret.left', { count: Math.ceil(left / 1000) })}
      </Text>
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={
            copied === 'done' ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
          }
          onClick={() => void copy()}
          ref={first}
        >
          {t('secret.copy')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconLetterCase size={16} aria-hidden />}
          aria-expanded={spelled}
          onClick={() => setSpelled(!spelled)}
        >
          {t(spelled ? 'secret.unspell' : 'secret.spell')}
        </Button>
        <Button ml="auto" leftSection={<IconEyeOff size={16} aria-hidden />} onClick={onHide}>
          {t('secret.hide')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {copied === 'failed' ? t('common.copyFailed') : t('secret.clipboard')}
      </Text>
    </Stack>
  )
}
