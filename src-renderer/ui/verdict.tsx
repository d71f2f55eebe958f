import { useEffect, useRef, type ReactNode } from 'react'
import {
  IconCircleCheckFilled,
  IconCircleOff,
  IconLoader2,
  IconSquareRoundedXFilled,
} from '@tabler/icons-react'
import classes from './verdict.module.css'

const icons = {
  good: IconCircleCheckFilled,
  bad: IconSquareRoundedXFilled,
  none: IconCircleOff,
  running: IconLoader2,
} as const

interface VerdictProps {
  readonly outcome: keyof typeof icons
  readonly children: ReactNode
  readonly aside?: ReactNode
  /** A new result moves the focus here, so that the sentence is read out. */
  readonly runId: string
}

/** One sentence on top of a result. */
export function Verdict({ outcome, children, aside, runId }: VerdictProps) {
  const sentence = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (outcome !== 'running') sentence.current?.focus({ preventScroll: true })
  }, [runId, outcome])
  const Icon = icons[outcome]
  return (
    <div className={classes.verdict} data-outcome={outcome}>
      <Icon size={20} aria-hidden />
      <p ref={sentence} tabIndex={-1} className={classes.sentence} aria-live="polite">
        {children}
      </p>
      {aside}
    </div>
  )
}
