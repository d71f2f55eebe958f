import type { ReactNode } from 'react'
import { UnstyledButton } from '@mantine/core'
import classes from './filter-chips.module.css'

interface FilterChipsProps<T extends string> {
  readonly label: string
  readonly options: readonly { value: T; label: string; count?: number; icon?: ReactNode }[]
  readonly chosen: readonly T[]
  readonly onToggle: (value: T) => void
}

/** One group of toggles, with counts where they are known; several in a group mean "or". */
export function FilterChips<T extends string>({ label, options, chosen, onToggle }: FilterChipsProps<T>) {
  return (
    <div className={classes.group} role="group" aria-label={label}>
      <span className={classes.groupLabel} aria-hidden>
        {label}
      </span>
      {options.map((option) => (
        <UnstyledButton
          key={option.value}
          className={classes.filter}
          aria-pressed={chosen.includes(option.value)}
          data-empty={option.count === 0}
          onClick={() => onToggle(option.value)}
        >
          {option.icon}
          {option.label}
          {option.count !== undefined && <span className={classes.filterCount}>{option.count}</span>}
        </UnstyledButton>
      ))}
    </div>
  )
}
