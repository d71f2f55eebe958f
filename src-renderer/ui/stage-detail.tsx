import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Stage } from '../../src-main/contract/stages'
import { CertificateChain } from './certificate-chain'
import { CopyButton } from './copy-button'
import { Fact, Facts } from './facts'
import classes from './ladder.module.css'
import { Mono } from './mono'
import { stageAsText, stageName, stageNext } from './stage-text'

/** A stage unfolded: evidence, why, what to do, and all of it to copy. */
export function StageDetail({ stage }: { readonly stage: Stage }) {
  const { t } = useTranslation(['ui', 'codes'])
  const next = stageNext(t, stage)
  const because = stage.because === undefined ? null : stageName(t, stage.because)
  return (
    <div className={classes.detail}>
      <div className={classes.detailHead}>
        <Text size="sm" fw={500}>
          {stage.summary}
        </Text>
        <CopyButton text={stageAsText(t, stage)} what={stageName(t, stage.id)} />
      </div>
      {because !== null && <Text size="sm">{t('ladder.because', { stage: because })}</Text>}
      {stage.code !== null && (
        <Facts>
          <Fact label={t('ladder.cause')}>{t(`codes:${stage.code}.cause`)}</Fact>
          {next !== null && <Fact label={t('ladder.next')}>{next}</Fact>}
        </Facts>
      )}
      {stage.code === null && next !== null && (
        <Facts>
          <Fact label={t('ladder.next')}>{next}</Fact>
        </Facts>
      )}
      {stage.detail.length > 0 && (
        <div className={classes.evidence} role="group" aria-label={t('ladder.evidence')}>
          <Facts>
            {stage.detail.map(({ label, value }, index) => (
              <Fact key={index} label={label}>
                <Mono text={value} />
              </Fact>
            ))}
          </Facts>
        </div>
      )}
      {stage.chain !== undefined && <CertificateChain chain={stage.chain} />}
    </div>
  )
}
