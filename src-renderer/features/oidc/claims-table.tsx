import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LoginClaim, MissingClaim } from '../../../src-main/contract/oidc-login'
import { CodeChip } from '../../ui/code-chip'
import { Mono } from '../../ui/mono'
import { Section } from '../../ui/section'
import classes from '../diagnostics.module.css'

interface ClaimsTableProps {
  readonly claims: readonly LoginClaim[]
  readonly missing: readonly MissingClaim[]
}

/** Each claim, where it came from and what it is read for; what is missing comes first, with what brings it. */
export function ClaimsTable({ claims, missing }: ClaimsTableProps) {
  const { t } = useTranslation()
  return (
    <Section title={t('oidc.claims.title')}>
      {missing.map(({ name, code, next }) => (
        <div key={name} className={classes.missing} data-missing={name}>
          <div className={classes.inspectHead}>
            <span>{t('oidc.claims.missing', { name })}</span>
            {code !== null && <CodeChip code={code} tone="warn" />}
          </div>
          <p className={classes.inspectNext}>{next}</p>
        </div>
      ))}
      <Table aria-label={t('oidc.claims.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('oidc.claims.name')}</Table.Th>
            <Table.Th>{t('oidc.claims.value')}</Table.Th>
            <Table.Th>{t('oidc.claims.origin')}</Table.Th>
            <Table.Th>{t('oidc.claims.use')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {claims.map(({ name, value, origin, use }) => (
            <Table.Tr key={`${origin} ${name}`}>
              <Table.Td>
                <Mono text={name} />
              </Table.Td>
              <Table.Td>
                <Mono text={value} />
              </Table.Td>
              <Table.Td>{t(`oidc.claims.origins.${origin}`)}</Table.Td>
              <Table.Td>{t(`oidc.claims.uses.${use}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}
