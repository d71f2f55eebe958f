import type { ReactNode } from 'react'
import { Link } from 'wouter'
import classes from './overview.module.css'

interface Share {
  readonly id: string
  readonly label: string
  readonly icon: ReactNode
  readonly color: string
  readonly count: number
  readonly href: string
}

/** A bar of shares with its numbers; each number leads to those accounts. */
export function ShareBar({ title, shares }: { readonly title: string; readonly shares: readonly Share[] }) {
  return (
    <div>
      <h3 className={classes.shareTitle}>{title}</h3>
      <div className={classes.bar} aria-hidden>
        {shares
          .filter(({ count }) => count > 0)
          .map(({ id, count, color }) => (
            <span key={id} className={classes.part} style={{ flexGrow: count, background: color }} />
          ))}
      </div>
      <ul className={classes.legend}>
        {shares.map(({ id, label, icon, color, count, href }) => (
          <li key={id}>
            <Link href={href} className={classes.share}>
              {icon ?? <span className={classes.dot} style={{ background: color }} aria-hidden />}
              {label} <strong>{count}</strong>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
