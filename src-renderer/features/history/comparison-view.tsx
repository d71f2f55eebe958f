import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import {
  facetAreas,
  type ChangeView,
  type Comparison,
  type RunStage,
} from '../../../src-main/contract/history'
import { AnyCode } from '../../ui/code-chip'
import { StageStatusSign } from '../../ui/stage-status'
import table from '../../ui/table.module.css'
import { Time } from '../../ui/time'
import classes from './history.module.css'
import { RunResult } from './run-result'

/** The differences on top, then the stages that ended otherwise, then what only one of the two got to see. */
export function ComparisonView({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation()
  const { changes, stages, unseen } = comparison
  const areas = [...new Set(changes.map(({ area }) => area))]
  return (
    <div className={classes.comparison}>
      <p className={classes.sentence} aria-live="polite" data-changes={changes.length}>
        {changes.length === 0
          ? t('history.noChange')
          : t('history.changed', {
              count: changes.length,
              areas: areas.map((area) => areaName(t, area)).join(', '),
            })}
      </p>
      <table className={`${table.table} ${classes.changes}`} aria-label={t('history.differences')}>
        <RunHeads comparison={comparison} />
        <tbody>
          {changes.map((change) => (
            <ChangeRow key={`${change.area}.${change.name}`} change={change} />
          ))}
          {stages.map(({ id, before, after }) => (
            <tr key={`stage ${id}`} data-stage-change={id}>
              <th scope="row">{t('history.stage', { stage: t(`stages.${id}` as 'stages.config') })}</th>
              <td>
                <StageEnd stage={before} />
              </td>
              <td>
                <StageEnd stage={after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {unseen.length > 0 && (
        <p className="dim">
          {t('history.unseen', { areas: unseen.map(({ area }) => areaName(t, area)).join(', ') })}
        </p>
      )}
    </div>
  )
}

/** An area is one of the contract’s list; another one would be called by its own name. */
function areaName(t: TFunction, area: string): string {
  const known = facetAreas.find((one) => one === area)
  return known === undefined ? area : t(`history.areas.${known}`)
}

function RunHeads({ comparison: { before, after } }: { readonly comparison: Comparison }) {
  const { t } = useTranslation()
  return (
    <thead>
      <tr>
        <th scope="col">{t('history.what')}</th>
        {[before, after].map((run, at) => (
          <th key={run.id} scope="col">
            <span className={classes.runHead}>
              {t(at === 0 ? 'history.beforeRun' : 'history.afterRun', { run: run.id })} <Time at={run.at} />
              <RunResult run={run} />
            </span>
          </th>
        ))}
      </tr>
    </thead>
  )
}

function ChangeRow({ change }: { readonly change: ChangeView }) {
  const { t } = useTranslation()
  const { area, name, label, added, removed } = change
  const lists = added.length + removed.length > 0
  return (
    <tr data-change={`${area}.${name}`}>
      <th scope="row">
        <span className={classes.area}>{areaName(t, area)}</span> {label}
      </th>
      <td className="mono">{lists ? <Values values={removed} sign="−" /> : change.before}</td>
      <td className="mono">{lists ? <Values values={added} sign="+" /> : change.after}</td>
    </tr>
  )
}

function Values({ values, sign }: { readonly values: readonly string[]; readonly sign: string }) {
  return (
    <ul className={classes.values}>
      {values.map((value) => (
        <li key={value}>
          {sign} {value}
        </li>
      ))}
    </ul>
  )
}

function StageEnd({ stage }: { readonly stage: RunStage | null }) {
  const { t } = useTranslation()
  if (stage === null) return <span className="dim">{t('common.none')}</span>
  return (
    <span className={classes.result}>
      <StageStatusSign status={stage.status} />
      {stage.code !== null && <AnyCode code={stage.code} />}
    </span>
  )
}
