import { Button, Text } from '@mantine/core'
import { IconGitCompare } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Kept } from '../../../src-main/contract/stages'
import { historyAddress } from '../../state/history-route'

interface SinceGoodLinkProps {
  readonly subject: string
  readonly ok: boolean
  readonly kept: Kept | undefined
}

/** One click from a test that failed to what changed since it last worked. A test that was not kept says so. */
export function SinceGoodLink({ subject, ok, kept }: SinceGoodLinkProps) {
  const { t } = useTranslation()
  if (kept === undefined) return null
  if (kept.run === null) return <Text size="sm">{t('history.notKept', { code: kept.code ?? '' })}</Text>
  if (ok) return null
  return (
    <Button
      component={Link}
      href={historyAddress({ subject, before: 'good', after: kept.run })}
      variant="default"
      size="xs"
      leftSection={<IconGitCompare size={14} aria-hidden />}
    >
      {t('history.sinceGood')}
    </Button>
  )
}
