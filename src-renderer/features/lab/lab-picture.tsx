import { useTranslation } from 'react-i18next'
import type { FilePicture } from '../../../src-main/contract/lab'
import { CodeChip } from '../../ui/code-chip'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { Section } from '../../ui/section'
import classes from './lab.module.css'

/** Who and what is in the file. */
export function LabPicture({ picture }: { readonly picture: FilePicture }) {
  const { t } = useTranslation()
  const { name, entries, people, groups, code, base, filter, tops, classes: kinds } = picture
  return (
    <Section title={<span className="mono">{name}</span>}>
      <Facts>
        <Fact label={t('lab.entries')}>{entries.toLocaleString()}</Fact>
        <Fact label={t('lab.people')}>
          <span className={classes.people}>
            {people === null ? t('lab.peopleUnknown') : people.toLocaleString()}
            {code !== null && <CodeChip code={code} tone="bad" />}
          </span>
        </Fact>
        <Fact label={t('lab.groups')}>{groups.toLocaleString()}</Fact>
        <Fact label={t('lab.base')}>{base === '' ? t('lab.wholeFile') : <Mono text={base} />}</Fact>
        {filter !== null && (
          <Fact label={t('lab.peopleFilter')}>
            <Mono text={filter} />
          </Fact>
        )}
      </Facts>
      <CountTable name={t('lab.tops')} rows={tops.map(({ dn, entries: count }) => ({ label: dn, count }))} />
      <CountTable
        name={t('lab.classes')}
        rows={kinds.map(({ name: label, entries: count }) => ({ label, count }))}
      />
    </Section>
  )
}

interface CountTableProps {
  readonly name: string
  readonly rows: readonly { readonly label: string; readonly count: number }[]
}

function CountTable({ name, rows }: CountTableProps) {
  const { t } = useTranslation()
  return (
    <table className={classes.counts}>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col">{t('lab.entries')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, count }) => (
          <tr key={label}>
            <td>
              <Mono text={label} />
            </td>
            <td>{count.toLocaleString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
