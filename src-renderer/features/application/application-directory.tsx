import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconArrowsDiff, IconChecks } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { comparisonKinds, type ComparisonRow } from '../../../src-main/contract/application'
import { toApiError } from '../../api/api-error'
import { useApi } from '../../api/use-api'
import { useAllows } from '../../api/use-status'
import { toggled } from '../../state/users-route'
import { Empty } from '../../ui/empty'
import { ErrorPanel } from '../../ui/error-panel'
import { FilterChips } from '../../ui/filter-chips'
import { Mono } from '../../ui/mono'
import table from '../../ui/table.module.css'
import { useAgainst } from '../ldap/use-against'
import { ComparisonExport } from './comparison-export'
import classes from './application.module.css'

/** The profile's directory next to the application's accounts; it is read when somebody asks for it. */
export function ApplicationDirectory({ profile }: { readonly profile: string | null }) {
  const { t } = useTranslation()
  const allows = useAllows()
  const chosen = useAgainst(null)
  const against = chosen.file?.handle ?? null
  const found = useApi(
    'application.compare',
    { profile, against },
    { enabled: false, afterwards: 'forgotten' },
  )
  const [kinds, setKinds] = useState<readonly ComparisonRow['kind'][]>([])
  const { data, error } = found
  return (
    <>
      <div className={classes.directory}>
        <Button
          loading={found.isFetching}
          leftSection={<IconArrowsDiff size={16} aria-hidden />}
          onClick={() => void found.refetch()}
        >
          {t('application.compare')}
        </Button>
        <span className="dim">
          {t('ldap.against')} {chosen.file?.name ?? t('ldap.server')}
        </span>
        {chosen.mayUseServer && (
          <Button variant="subtle" onClick={chosen.useServer}>
            {t('ldap.useServer')}
          </Button>
        )}
        <Button variant="subtle" onClick={chosen.chooseFile}>
          {t('ldap.useFile')}
        </Button>
        {data !== undefined && allows('users:manage') && (
          <ComparisonExport profile={profile} against={against} />
        )}
      </div>
      {chosen.error !== null && <ErrorPanel error={chosen.error} />}
      {error !== null && !found.isFetching && <ErrorPanel error={toApiError(error)} />}
      {data !== undefined && (
        <>
          <p role="status">{t('application.compared', { entries: data.entries, accounts: data.accounts })}</p>
          <FilterChips
            label={t('application.differences')}
            options={comparisonKinds.map((value) => ({
              value,
              label: t(`application.comparison.${value}`),
              count: data.counts[value],
            }))}
            chosen={kinds}
            onToggle={(kind) => setKinds(toggled(kinds, kind))}
          />
          <Rows rows={data.rows.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))} />
          {data.more && <p className="dim">{t('application.moreDifferences')}</p>}
        </>
      )}
    </>
  )
}

function Rows({ rows }: { readonly rows: readonly ComparisonRow[] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return <Empty icon={IconChecks} title={t('application.noDifference')} />
  return (
    <div className={classes.rows}>
      <table className={table.table} aria-label={t('application.differences')}>
        <thead>
          <tr>
            {(['difference', 'username', 'email', 'dn'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`application.comparisonColumns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ kind, accountId, username, email, dn }) => (
            <tr key={`${kind} ${accountId ?? ''} ${dn ?? ''} ${username}`}>
              <td>{t(`application.comparison.${kind}`)}</td>
              <td>{username}</td>
              <td>{email}</td>
              <td>{dn !== null && <Mono text={dn} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
