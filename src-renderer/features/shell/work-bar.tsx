import { Button, Loader } from '@mantine/core'
import { useMutationState } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { request } from '../../api/request'
import { isRunInfo, type RunInfo } from '../../api/use-run'
import { clockTime } from '../../ui/relative-time'
import { useNow } from '../../ui/use-now'
import classes from './frame.module.css'

interface Work extends RunInfo {
  readonly startedAt: number
}

/** What runs, on whatever page it was started. */
export function WorkBar() {
  const { t } = useTranslation()
  const running = useMutationState<Work | null>({
    filters: { status: 'pending', predicate: ({ state }) => isRunInfo(state.variables) },
    select: ({ state }) =>
      isRunInfo(state.variables) ? { ...state.variables, startedAt: state.submittedAt } : null,
  }).filter((work) => work !== null)
  if (running.length === 0) return null
  return (
    <div role="region" aria-label={t('work.label')}>
      {running.map((work) => (
        <WorkLine key={work.runId} work={work} />
      ))}
    </div>
  )
}

function WorkLine({ work }: { readonly work: Work }) {
  const { t } = useTranslation()
  const now = useNow(500)
  const cancel = () => void request('app.cancel', { runId: work.runId }).catch(() => undefined)
  return (
    <div className={classes.work}>
      <Loader size={14} aria-hidden />
      <span className="clip">{work.work}</span>
      <span className="number dim">{clockTime(now - work.startedAt)}</span>
      <Button
        variant="subtle"
        h={26}
        fz={13}
        ml="auto"
        aria-label={t('work.cancelNamed', { name: work.work })}
        onClick={cancel}
      >
        {t('work.cancel')}
      </Button>
    </div>
  )
}
