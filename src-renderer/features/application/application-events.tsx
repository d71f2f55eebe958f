import { useTranslation } from 'react-i18next'
import type { ApplicationDetail } from '../../../src-main/contract/application'
import { Mono } from '../../ui/mono'
import { Time } from '../../ui/time'
import drawer from '../users/drawer.module.css'

interface ApplicationEventsProps {
  readonly events: NonNullable<ApplicationDetail['events']>
}

/** What the application itself recorded of the person's sign-ins, newest first. */
export function ApplicationEvents({ events }: ApplicationEventsProps) {
  const { t } = useTranslation()
  if (events.length === 0) return <span className="dim">{t('application.noEvents')}</span>
  return events.map(({ at, event, method, provider, address }, index) => (
    <div key={index} className={drawer.item}>
      <Mono text={event} />
      <span className="dim">
        {at === null ? t('application.notKnown') : <Time at={at} />}
        {[method, provider, address].map((part) => part !== null && ` · ${part}`)}
      </span>
    </div>
  ))
}
