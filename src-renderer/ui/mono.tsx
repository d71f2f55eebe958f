import { Fragment } from 'react'
import { CopyButton } from './copy-button'
import classes from './mono.module.css'
import { wrapPoints } from './wrap-points'

interface MonoProps {
  readonly text: string
  /** Named where a copy button is wanted. */
  readonly copy?: string
}

/** DNs, filters and addresses: fixed pitch, wrapped where their grammar allows, with copy. */
export function Mono({ text, copy }: MonoProps) {
  return (
    <span className={classes.line}>
      <span className={`mono ${classes.text}`}>
        {wrapPoints(text).map((part, index) => (
          <Fragment key={index}>
            {part}
            <wbr />
          </Fragment>
        ))}
      </span>
      {copy !== undefined && <CopyButton text={text} what={copy} />}
    </span>
  )
}
