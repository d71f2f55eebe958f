import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Watched } from '../../../src-main/contract/history'
import { historyAddress } from '../../state/history-route'
import { Section } from '../../ui/section'
import table from '../../ui/table.module.css'
import { Time } from '../../ui/time'
import { subjectName } from './subject-name'

interface WatchPanelProps {
  readonly watched: readonly Watched[]
  /** Only this one; null: all of them. */
  readonly subject: string | null
}

/** What the newest tests say about what is going to fail; nobody is asked for it. */
export function WatchPanel({ watched, subject }: WatchPanelProps) {
  const { t } = useTranslation()
  const shown = watched.filter((one) => subject === null || one.subject === subject)
  if (shown.length === 0) return null
  return (
    <Section title={t('history.watch.title')}>
      <table className={table.table} aria-label={t('history.watch.title')}>
        <thead>
          <tr>
            {(['of', 'certificate', 'secret', 'changed'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`history.watch.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.subject} data-watched={one.subject}>
              <td>{subjectName(t, one.subject)}</td>
              <td>
                <CertificateState watched={one} />
              </td>
              <td>{t(`history.watch.secretStates.${one.secret}`)}</td>
              <td>
                <Changed watched={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function CertificateState({ watched: { certificate } }: { readonly watched: Watched }) {
  const { t } = useTranslation()
  if (certificate === null) return <span className="dim">{t('history.watch.noCertificate')}</span>
  return (
    <>
      {t(`history.watch.states.${certificate.state}`)} <Time at={certificate.validTo} />
    </>
  )
}

function Changed({ watched }: { readonly watched: Watched }) {
  const { t } = useTranslation()
  const { subject, run, changed } = watched
  if (changed.length === 0) return <span className="dim">{t('history.watch.nothing')}</span>
  return (
    <Anchor component={Link} size="sm" href={historyAddress({ subject, before: 'good', after: run })}>
      {changed.map((area) => t(`history.areas.${area}`)).join(', ')}
    </Anchor>
  )
}
