import type { ReactNode } from 'react'
import { Tooltip } from '@mantine/core'
import classes from './signs.module.css'

interface ChipProps {
  readonly children: ReactNode
  readonly tone?: 'good' | 'warn' | 'bad' | 'quiet'
  readonly hint?: string
  /** Codes and names of settings are set in the fixed pitch. */
  readonly face?: 'mono'
}

/** A small label; what it means opens on hover and focus. */
export function Chip({ children, tone, hint, face }: ChipProps) {
  const chip = (
    <span
      className={classes.chip}
      data-tone={tone}
      data-face={face}
      tabIndex={hint === undefined ? undefined : 0}
    >
      {children}
    </span>
  )
  return hint === undefined ? chip : <Tooltip label={hint}>{chip}</Tooltip>
}
