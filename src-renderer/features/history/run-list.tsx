import { Anchor, Button, Radio } from '@mantine/core'
import { IconTimeline } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { TestRun } from '../../../src-main/contract/history'
import { historyAddress, type HistoryRoute } from '../../state/history-route'
import { Empty } from '../../ui/empty'
import { Section } from '../../ui/section'
import table from '../../ui/table.module.css'
import { Time } from '../../ui/time'
import classes from './history.module.css'
import { RunResult } from './run-result'
import { subjectName } from './subject-name'

interface RunListProps {
  readonly runs: readonly TestRun[]
  readonly total: number
  readonly route: HistoryRoute
  readonly onChange: (part: Partial<HistoryRoute>) => void
  readonly more: { readonly has: boolean; readonly loading: boolean; readonly load: () => void }
}

/** The tests in time, the newest on top; any two of the same subject can be set side by side. */
export function RunList({ runs, total, route, onChange, more }: RunListProps) {
  const { t } = useTranslation()
  if (runs.length === 0) return <Empty icon={IconTimeline} title={t('history.none')} />
  const shown = <span className="dim number">{t('history.shown', { count: runs.length, total })}</span>
  return (
    <Section title={t('history.runs')} action={shown}>
      <table className={table.table} aria-label={t('history.runs')}>
        <thead>
          <tr>
            {(['run', 'before', 'after', 'at', 'of', 'actor', 'result', 'do'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`history.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} route={route} onChange={onChange} />
          ))}
        </tbody>
      </table>
      {more.has && (
        <Button variant="default" size="xs" mt="sm" loading={more.loading} onClick={more.load}>
          {t('history.more')}
        </Button>
      )}
    </Section>
  )
}

type RunRowProps = Pick<RunListProps, 'route' | 'onChange'> & { readonly run: TestRun }

function RunRow({ run, route, onChange }: RunRowProps) {
  const { t } = useTranslation()
  const { id, subject } = run
  const other = route.subject !== null && route.subject !== subject
  const choose = (part: Partial<HistoryRoute>) => onChange({ subject, ...part })
  return (
    <tr className={classes.run} data-ok={run.ok}>
      <td className="number">{id}</td>
      <td>
        <Radio
          size="xs"
          name="before"
          aria-label={t('history.asBefore', { run: id })}
          checked={route.before === id}
          disabled={other}
          onChange={() => choose({ before: id })}
        />
      </td>
      <td>
        <Radio
          size="xs"
          name="after"
          aria-label={t('history.asAfter', { run: id })}
          checked={route.after === id}
          disabled={other}
          onChange={() => choose({ after: id })}
        />
      </td>
      <td>
        <Time at={run.at} />
      </td>
      <td>{subjectName(t, subject)}</td>
      <td>{run.actor}</td>
      <td>
        <RunResult run={run} />
      </td>
      <td>
        {!run.ok && (
          <Anchor component={Link} size="sm" href={historyAddress({ subject, before: 'good', after: id })}>
            {t('history.sinceGood')}
          </Anchor>
        )}
      </td>
    </tr>
  )
}
