import { useId, type ReactNode } from 'react'
import classes from './section.module.css'

interface SectionProps {
  readonly title: ReactNode
  readonly action?: ReactNode
  readonly children: ReactNode
  /** `panel` has a frame, `plain` has none. */
  readonly look?: 'panel' | 'plain'
}

/** A titled part of a page. */
export function Section({ title, action, children, look = 'panel' }: SectionProps) {
  const id = useId()
  return (
    <section className={classes.section} data-look={look} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  )
}
