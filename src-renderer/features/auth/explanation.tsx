import { useTranslation } from 'react-i18next'
import { Skeleton } from '@mantine/core'
import type { Explanation } from '../../../src-main/contract/auth'
import { useApi } from '../../api/use-api'
import { ErrorPanel } from '../../ui/error-panel'
import { Section } from '../../ui/section'
import classes from './auth.module.css'
import { Rules, WaySentence } from './rules'

/** Why this name can or can't sign in now: one sentence, the rules, what to do, and the other ways. */
export function ExplanationOf({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const explanation = useApi('auth.explain', { name })
  if (explanation.error !== null && explanation.data === undefined)
    return <ErrorPanel error={explanation.error} onRetry={() => void explanation.refetch()} />
  if (explanation.data === undefined)
    return (
      <div role="status" aria-label={t('common.loading')}>
        <Skeleton h={180} animate={false} />
      </div>
    )
  return <ExplanationBody found={explanation.data} />
}

function ExplanationBody({ found }: { readonly found: Explanation }) {
  const { t } = useTranslation()
  const { decision, rules, ways, name } = found
  const verdict = decision.allowed === null ? 'unknown' : decision.allowed ? 'yes' : 'no'
  const own = ways.find(({ id }) => id === decision.way)
  const others = ways.filter(({ id }) => id !== decision.way)
  return (
    <>
      <div className={classes.verdict} role="status" data-verdict={verdict}>
        <strong>{t(`explain.verdict.${verdict}`, { name, way: own?.name ?? '' })}</strong>
        {decision.next !== null && (
          <span>
            {t('common.next')}: {decision.next}
          </span>
        )}
      </div>
      <Rules rules={rules} />
      {others.length > 0 && (
        <Section title={t('explain.others')} look="plain">
          {others.map((way) => (
            <details key={way.id} className={classes.other}>
              <summary>
                <WaySentence way={way} />
              </summary>
              <Rules rules={way.rules} />
            </details>
          ))}
        </Section>
      )}
    </>
  )
}
