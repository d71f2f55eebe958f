import { Anchor } from '@mantine/core'
import { IconMoodCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SignInFailure } from '../../../src-main/contract/audit'
import { AnyCode } from '../../ui/code-chip'
import { Empty } from '../../ui/empty'
import { Time } from '../../ui/time'
import classes from './audit.module.css'
import type { ChangeAudit } from './use-audit'

interface FailuresProps {
  readonly failures: readonly SignInFailure[]
  readonly onChange: ChangeAudit
}

/** Who failed to sign in and why: a line for each name and cause. */
export function Failures({ failures, onChange }: FailuresProps) {
  const { t } = useTranslation()
  if (failures.length === 0)
    return (
      <div className={classes.table}>
        <Empty icon={IconMoodCheck} title={t('audit.noFailures')} />
      </div>
    )
  return (
    <div className={classes.table}>
      <table className={classes.failures} aria-label={t('audit.views.failures')}>
        <thead>
          <tr>
            {(['name', 'way', 'cause', 'times', 'last', 'from', 'look'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`audit.failureColumns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {failures.map((failure) => (
            <tr key={`${failure.action} ${failure.code} ${failure.account} ${failure.target}`}>
              <td className={classes.strong}>{failure.target ?? t('common.none')}</td>
              <td>{t(failure.action === 'session.signIn' ? 'audit.ways.form' : 'audit.ways.browser')}</td>
              <td>
                <AnyCode code={failure.code} />
              </td>
              <td className="number">{failure.count}</td>
              <td>
                <Time at={failure.last} />
              </td>
              <td className="dim">{failure.host}</td>
              <td>
                {failure.account === null ? (
                  <span className="dim">{t('audit.noAccount')}</span>
                ) : (
                  <>
                    <Anchor
                      component="button"
                      size="sm"
                      onClick={() => onChange({ view: 'records', account: failure.account, search: '' })}
                    >
                      {t('audit.history')}
                    </Anchor>
                    {' · '}
                    <Anchor
                      component={Link}
                      size="sm"
                      href={`/explain?name=${encodeURIComponent(failure.target ?? '')}`}
                    >
                      {t('audit.explain')}
                    </Anchor>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
