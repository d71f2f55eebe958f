import { useTranslation } from 'react-i18next'
import type { DbStatus } from '../../../src-main/contract/database'
import { useStatus } from '../../api/use-status'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { Section } from '../../ui/section'
import classes from './settings.module.css'

/** The database and the program that uses it. */
export function DatabaseSection({ database }: { readonly database: DbStatus }) {
  const { t } = useTranslation()
  const { version, runtime, logFile, platform } = useStatus()
  const engine =
    runtime.electron === null ? `Node ${runtime.node}` : `Electron ${runtime.electron}, Node ${runtime.node}`
  return (
    <Section title={t('settings.database')}>
      <div className={classes.pair}>
        <Facts>
          <Fact label={t('settings.path')}>
            <Mono text={database.path} copy={t('settings.path')} />
          </Fact>
          <Fact label={t('settings.dialect')}>{database.dialect}</Fact>
          <Fact label={t('settings.applied')}>
            <details>
              <summary className="number">{database.applied.length}</summary>
              <ul className={classes.migrations}>
                {database.applied.map((name) => (
                  <li key={name} className="mono">
                    {name}
                  </li>
                ))}
              </ul>
            </details>
          </Fact>
          <Fact label={t('settings.pending')}>
            {database.pending.length === 0 ? (
              t('settings.noPending')
            ) : (
              <span className="mono">{database.pending.join(', ')}</span>
            )}
          </Fact>
        </Facts>
        <Facts>
          <Fact label={t('settings.version')}>
            {t('product')} {version}
          </Fact>
          <Fact label={t('settings.runtime')}>
            {engine}, {platform}
          </Fact>
          {logFile !== null && (
            <Fact label={t('settings.log')}>
              <Mono text={logFile} copy={t('settings.log')} />
            </Fact>
          )}
        </Facts>
      </div>
    </Section>
  )
}
