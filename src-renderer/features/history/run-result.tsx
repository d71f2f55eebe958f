import { useTranslation } from 'react-i18next'
import type { TestRun } from '../../../src-main/contract/history'
import { CodeChip } from '../../ui/code-chip'
import { StageStatusSign } from '../../ui/stage-status'
import classes from './history.module.css'

/** How a test ended: shape, word and code. */
export function RunResult({ run }: { readonly run: TestRun }) {
  const { t } = useTranslation()
  return (
    <span className={classes.result} title={t(run.ok ? 'history.good' : 'history.bad')}>
      <StageStatusSign status={run.ok ? 'passed' : 'failed'} />
      {run.code !== null && <CodeChip code={run.code} tone="bad" />}
    </span>
  )
}
