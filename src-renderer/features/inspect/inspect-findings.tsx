import { useTranslation } from 'react-i18next'
import type { InspectFinding } from '../../../src-main/contract/inspection'
import { CodeChip } from '../../ui/code-chip'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { StageStatusSign } from '../../ui/stage-status'
import classes from '../diagnostics.module.css'

interface Inspection {
  readonly title: string
  readonly findings: readonly InspectFinding[]
}

interface InspectFindingsProps {
  readonly inspection: Inspection
  /** Two of them on a page have different names. */
  readonly label?: string | undefined
}

/** What the text is, then each thing to be said of it: the grave ones first. */
export function InspectFindings({ inspection, label }: InspectFindingsProps) {
  const { t } = useTranslation()
  const order = ['failed', 'warning', 'passed'] as const
  const findings = order.flatMap((status) => inspection.findings.filter((each) => each.status === status))
  return (
    <div role="region" aria-label={label ?? t('inspect.result')} aria-live="polite">
      <p className={classes.inspectKind}>{inspection.title}</p>
      <ul className={classes.inspectFindings}>
        {findings.map((finding, index) => (
          <li key={index}>
            <Finding finding={finding} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Finding({ finding }: { readonly finding: InspectFinding }) {
  const { status, message, code, detail, next } = finding
  return (
    <>
      <div className={classes.inspectHead}>
        <StageStatusSign status={status} />
        <span>{message}</span>
        {code !== null && <CodeChip code={code} tone={status === 'failed' ? 'bad' : 'warn'} />}
      </div>
      {next !== null && <p className={classes.inspectNext}>{next}</p>}
      {detail.length > 0 && (
        <Facts>
          {detail.map(({ label, value }, index) => (
            <Fact key={index} label={label}>
              <Mono text={value} />
            </Fact>
          ))}
        </Facts>
      )}
    </>
  )
}
