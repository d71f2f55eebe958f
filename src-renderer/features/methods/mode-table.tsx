import { useTranslation } from 'react-i18next'
import type { AuthMethod } from '../../../src-main/contract/app'
import type { ModeRow } from '../../../src-main/contract/methods'
import { Section } from '../../ui/section'
import classes from './methods.module.css'

interface ModeTableProps {
  readonly modes: readonly ModeRow[]
  readonly present: AuthMethod
}

/** Who gets in and how, mode by mode; the present mode is marked. */
export function ModeTable({ modes, present }: ModeTableProps) {
  const { t } = useTranslation()
  const told = (ways: ModeRow['local']) =>
    ways.length === 0 ? t('common.no') : ways.map((way) => t(`methods.ways.${way}`)).join(', ')
  return (
    <Section title={t('methods.table')} look="plain">
      <table className={classes.modes}>
        <thead>
          <tr>
            {(['mode', 'local', 'ldap', 'oidc', 'nobody'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`methods.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {modes.map(({ method, local, ldap, oidc, nobody }) => (
            <tr key={method} {...(method === present && { 'aria-current': true })}>
              <th scope="row" className="mono">
                {method}
              </th>
              <td>{told(local)}</td>
              <td>{told(ldap)}</td>
              <td>{told(oidc)}</td>
              <td>{told(nobody)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
