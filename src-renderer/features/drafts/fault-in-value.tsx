import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Finding } from '../../../src-main/contract/settings'
import classes from './drafts.module.css'

interface FaultInValueProps {
  readonly finding: Finding
  readonly onUse: (value: string) => void
}

/** A value that breaks its grammar: what is wrong, where, and the correction at one click. */
export function FaultInValue({ finding, onUse }: FaultInValueProps) {
  const { t } = useTranslation()
  const { fault, message, next } = finding
  if (!fault) return null
  const { proposal } = fault
  return (
    <span>
      {message}
      <span className={classes.fault} aria-hidden>
        {`${fault.value}\n${' '.repeat(fault.position)}^`}
      </span>
      {next}
      {proposal !== null && (
        <Button variant="default" size="compact-xs" ml={8} onClick={() => onUse(proposal)}>
          {t('draft.useProposal')}
        </Button>
      )}
    </span>
  )
}
