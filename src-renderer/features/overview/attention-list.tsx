import { Anchor } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Output } from '../../api/paths'
import { normaliseAddress } from '../../state/address'
import { CodeChip } from '../../ui/code-chip'
import { Empty } from '../../ui/empty'
import classes from './overview.module.css'

type Attention = Output<'methods.overview'>['attention']

/** What somebody should look at, each with its code and a way there. */
export function AttentionList({ findings }: { readonly findings: Attention }) {
  const { t } = useTranslation()
  if (findings.length === 0) return <Empty icon={IconCircleCheck} title={t('overview.allWell')} />
  return (
    <ul className={classes.findings}>
      {findings.map((finding, index) => (
        <li key={`${finding.code}-${index}`} className={classes.finding}>
          <span>{finding.text}</span>
          {finding.link === null ? (
            <span />
          ) : (
            <Anchor component={Link} href={normaliseAddress(finding.link)} size="sm">
              {t('overview.look')}
            </Anchor>
          )}
          <CodeChip code={finding.code} tone="warn" />
        </li>
      ))}
    </ul>
  )
}
