import { useState } from 'react'
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../api/act'

const icons = { idle: IconCopy, done: IconCheck, failed: IconX } as const

interface CopyButtonProps {
  readonly text: string
  /** What is copied, for the label. */
  readonly what: string
}

/** Copies through the main process and says whether that worked. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<keyof typeof icons>('idle')
  const copy = async () => setOutcome((await copyText(text)) ? 'done' : 'failed')
  const Icon = icons[outcome]
  const label = { idle: t('common.copy'), done: t('common.copied'), failed: t('common.copyFailed') }[outcome]
  return (
    <Tooltip label={label} openDelay={outcome === 'idle' ? 400 : 0}>
      <ActionIcon
        size={20}
        c="dimmed"
        ml={3}
        style={{ verticalAlign: 'middle' }}
        aria-label={t('common.copyNamed', { what })}
        onClick={() => void copy()}
        onMouseLeave={() => setOutcome('idle')}
        onBlur={() => setOutcome('idle')}
      >
        <Icon size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
