import { Popover, Stack, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { codes, type Code } from '../../src-main/contract/errors'
import classes from './signs.module.css'

interface CodeChipProps {
  readonly code: Code
  readonly tone?: 'bad' | 'warn' | 'plain'
  /** What the code means here, where that is narrower than what it means everywhere. */
  readonly text?: { readonly title: string; readonly cause: string; readonly next: string }
}

/** A code is a chip that opens its explanation: what happened, why, what to do. */
export function CodeChip({ code, tone = 'plain', text }: CodeChipProps) {
  const { t } = useTranslation(['ui', 'codes'])
  return (
    <Popover width={360} position="bottom-start" withArrow trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.chip} data-tone={tone} aria-label={t('common.explain', { code })}>
          <span className="clip">{code}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={code}>
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {text?.title ?? t(`codes:${code}.title`)}
          </Text>
          <Text size="sm">{text?.cause ?? t(`codes:${code}.cause`)}</Text>
          <Text size="sm">
            <Text span size="sm" fw={600}>
              {t('common.next')}:{' '}
            </Text>
            {text?.next ?? t(`codes:${code}.next`)}
          </Text>
          <span className="mono dim">{code}</span>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** A code that came as a plain string: a chip where the list knows it, its letters where not. */
export function AnyCode({ code }: { readonly code: string }) {
  const known = codes.find((one) => one === code)
  return known === undefined ? <span className="mono">{code}</span> : <CodeChip code={known} />
}
