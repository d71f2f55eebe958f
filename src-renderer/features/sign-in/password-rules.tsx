import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './gate.module.css'

const rules = ['firstRun.rule1', 'firstRun.rule2', 'firstRun.rule3', 'firstRun.rule4'] as const

/** What makes a password acceptable, before it is refused. */
export function PasswordRules({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  return (
    <div id={id}>
      <Text size="sm" fw={500}>
        {t('firstRun.rulesTitle')}
      </Text>
      <ul className={classes.rules}>
        {rules.map((rule) => (
          <li key={rule}>{t(rule)}</li>
        ))}
      </ul>
    </div>
  )
}
