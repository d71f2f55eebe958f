import { Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApplicationFindingId, ApplicationStatus } from '../../../src-main/contract/application'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import classes from './application.module.css'

/** Whose tables these are, and whether they may be written. */
export function ApplicationFacts({ status }: { readonly status: ApplicationStatus }) {
  const { t } = useTranslation()
  const { kind, place, version, readOnly } = status
  return (
    <div className={classes.facts}>
      <Facts>
        <Fact label={t('application.kind')}>{t(`application.kinds.${kind}`)}</Fact>
        <Fact label={t('application.place')}>
          <Mono text={place} />
        </Fact>
      </Facts>
      <Facts>
        <Fact label={t('application.version')}>
          {version === null ? t('application.noVersion') : <Mono text={version} />}
        </Fact>
        <Fact label={t('application.writing')}>
          {readOnly === null ? t('application.writable') : readOnly.message}
        </Fact>
      </Facts>
    </div>
  )
}

interface ChosenFindingsProps {
  readonly status: ApplicationStatus
  readonly chosen: readonly ApplicationFindingId[]
}

/** What the findings that are filtered by mean, and what to do about them. */
export function ChosenFindings({ status, chosen }: ChosenFindingsProps) {
  const { t } = useTranslation()
  const shown = status.findings.filter(({ id }) => chosen.includes(id))
  if (shown.length === 0) return null
  return (
    <ul className={classes.findings} aria-label={t('application.explained')}>
      {shown.map(({ id, severity, message, next }) => (
        <li key={id} data-severity={severity}>
          <IconAlertTriangle size={16} aria-hidden />
          <Text size="sm">
            {message} <span className="dim">{next}</span>
          </Text>
        </li>
      ))}
    </ul>
  )
}
