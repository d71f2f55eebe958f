import { useState } from 'react'
import { NativeSelect, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AuthMethod } from '../../../src-main/contract/app'
import type { ApplicationStatus } from '../../../src-main/contract/application'
import { useApi } from '../../api/use-api'
import { ErrorPanel } from '../../ui/error-panel'
import drawer from '../users/drawer.module.css'

interface ApplicationExplanationProps {
  readonly profile: string | null
  readonly id: string
  readonly status: ApplicationStatus
}

/** How the application lets the person in by its own rules, under the present mode or another one. */
export function ApplicationExplanation({ profile, id, status }: ApplicationExplanationProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<AuthMethod | null>(null)
  const method = chosen ?? status.method
  const found = useApi(
    'application.explain',
    { profile, name: `id:${id}`, method },
    { meanwhile: 'previous' },
  )
  return (
    <>
      <NativeSelect
        size="xs"
        label={t('application.underMethod')}
        value={method ?? ''}
        data={[
          ...(method === null ? [{ value: '', label: t('frame.methodUnknown') }] : []),
          ...status.methods.map((value) => ({
            value,
            label: value === status.method ? t('impact.present', { method: value }) : value,
          })),
        ]}
        onChange={({ currentTarget }) =>
          setChosen(status.methods.find((each) => each === currentTarget.value) ?? null)
        }
      />
      {found.error !== null && <ErrorPanel error={found.error} />}
      {found.data !== undefined && (
        <div role="status">
          {found.data.ways.length === 0 && <Text size="sm">{t('application.noWay')}</Text>}
          {found.data.ways.map(({ way, message, hazard }) => (
            <div key={way} className={drawer.item}>
              <Text size="sm">{message}</Text>
              {hazard !== null && (
                <Text size="sm" c="var(--desk-bad)">
                  {hazard.message}
                </Text>
              )}
            </div>
          ))}
          <Text size="sm" c="dimmed">
            {t(found.data.safe ? 'application.safeWay' : 'application.noSafeWay')}
          </Text>
        </div>
      )}
    </>
  )
}
