import type { ReactNode } from 'react'
import type { Icon } from '@tabler/icons-react'
import classes from './empty.module.css'

interface EmptyProps {
  readonly icon: Icon
  readonly title: string
  readonly children?: ReactNode
}

/** Nothing to show, said in words. */
export function Empty({ icon: EmptyIcon, title, children }: EmptyProps) {
  return (
    <div className={classes.empty} role="status">
      <EmptyIcon size={26} stroke={1.4} aria-hidden />
      <span>{title}</span>
      {children}
    </div>
  )
}
