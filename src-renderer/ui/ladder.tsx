import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { spansOf, type Rung } from '../api/ladder-progress'
import { LadderRung } from './ladder-rung'
import classes from './ladder.module.css'

/** What stays folded by itself: a stage that passed or was skipped has nothing that must be read. */
function opensByItself(rung: Rung): boolean {
  return rung.stage?.status === 'failed'
}

/** The stages of a test, each foldable; failures are open from the start. */
export function Ladder({ rungs }: { readonly rungs: readonly Rung[] }) {
  const { t } = useTranslation()
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const spans = spansOf(rungs)
  const turn = (key: string) => {
    const next = new Set(turned)
    if (!next.delete(key)) next.add(key)
    setTurned(next)
  }
  return (
    <ol className={classes.ladder} aria-label={t('ladder.label')}>
      {rungs.map((rung, at) => (
        <LadderRung
          key={rung.key}
          rung={rung}
          span={spans[at] ?? { from: 0, length: 0 }}
          open={opensByItself(rung) !== turned.has(rung.key)}
          onTurn={() => turn(rung.key)}
        />
      ))}
    </ol>
  )
}
