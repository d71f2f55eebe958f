import { useTranslation } from 'react-i18next'
import type { Output } from '../../api/paths'
import { CodeChip } from '../../ui/code-chip'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import table from '../../ui/table.module.css'
import { Verdict } from '../../ui/verdict'
import classes from '../diagnostics.module.css'
import { MembershipGraph } from './membership-graph'

type Explanation = Output<'ldap.explain'>

/** The decision first, then the account, the fields and the groups that led to it. */
export function PersonStory({ explanation }: { readonly explanation: Explanation }) {
  const { t } = useTranslation()
  const { decision, entry, account, fields } = explanation
  const outcome = decision.allowed === true ? 'good' : decision.allowed === null ? 'none' : 'bad'
  return (
    <div role="region" aria-label={t('person.story')} className={classes.story}>
      <Verdict
        outcome={outcome}
        runId={JSON.stringify(decision)}
        aside={decision.code !== null && <CodeChip code={decision.code} tone="bad" />}
      >
        {decision.reason}
      </Verdict>
      {decision.next !== null && <p className={classes.inspectNext}>{decision.next}</p>}
      <Facts>
        {entry !== null && (
          <Fact label={t('person.entry')}>
            <Mono text={entry.dn} copy={t('person.entry')} />
          </Fact>
        )}
        {account !== null && <AccountFacts account={account} />}
      </Facts>
      {fields.length > 0 && <Fields fields={fields} />}
      {explanation.groups.length > 0 && (
        <MembershipGraph person={account?.username ?? entry?.dn ?? ''} groups={explanation.groups} />
      )}
      <Groups explanation={explanation} />
      {entry !== null && <Attributes attributes={entry.attributes} />}
    </div>
  )
}

function AccountFacts({ account }: { readonly account: NonNullable<Explanation['account']> }) {
  const { t } = useTranslation()
  const { action, username, role } = account
  const change = { before: role.before ?? t('person.noAccount'), after: role.after }
  return (
    <>
      <Fact label={t('person.account')}>{t(`person.actions.${action}`, { username: username ?? '' })}</Fact>
      <Fact label={t('person.role')}>
        {role.before === role.after ? role.after : t('person.roleChange', change)}
        <span className="dim"> {t(role.source === 'ldap' ? 'person.roleMapped' : 'person.roleKept')}</span>
      </Fact>
    </>
  )
}

function Fields({ fields }: Pick<Explanation, 'fields'>) {
  const { t } = useTranslation()
  return (
    <table className={table.table} aria-label={t('person.fields')}>
      <thead>
        <tr>
          {(['field', 'attribute', 'raw', 'value'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`person.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map(({ field, attribute, raw, value }) => (
          <tr key={field}>
            <td>{t(`person.field.${field}`)}</td>
            <td className="mono">{attribute}</td>
            <td className="mono">{raw.join(', ')}</td>
            <td className="mono">{value ?? t('person.missing')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Every group with the way to it; the configured ones that do not hold the person come last. */
function Groups({ explanation: { groups, unmatched } }: { readonly explanation: Explanation }) {
  const { t } = useTranslation()
  if (groups.length + unmatched.length === 0) return null
  return (
    <ul className={classes.inspectFindings} aria-label={t('person.groups')}>
      {groups.map(({ dn, name, how, via, role, required }) => (
        <li key={dn} title={dn}>
          {via.length === 0
            ? t(`person.how.${how}`, { name })
            : t('person.how.via', { name, via: via.join(' → ') })}
          {role !== null && ` ${t('person.gives', { role })}`}
          {required && ` ${t('person.required')}`}
        </li>
      ))}
      {unmatched.map(({ group, code }) => (
        <li key={group} className="dim">
          {t('person.notIn', { group })} {code !== null && <CodeChip code={code} />}
        </li>
      ))}
    </ul>
  )
}

/** Everything that the entry shows, for whoever looks for another attribute to map. */
function Attributes({
  attributes,
}: {
  readonly attributes: NonNullable<Explanation['entry']>['attributes']
}) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('person.attributes', { count: attributes.length })}</summary>
      <Facts>
        {attributes.map(({ name, values }) => (
          <Fact key={name} label={name}>
            <Mono text={values.join(', ')} />
          </Fact>
        ))}
      </Facts>
    </details>
  )
}
