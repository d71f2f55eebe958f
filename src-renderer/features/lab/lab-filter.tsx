import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TriedFilter } from '../../../src-main/contract/lab'
import type { ApiError } from '../../api/api-error'
import { useApi } from '../../api/use-api'
import type { ChosenFile } from '../../state/selection-store'
import { FormError } from '../../ui/form-error'
import { Mono } from '../../ui/mono'
import { Section } from '../../ui/section'
import diagnostics from '../diagnostics.module.css'
import classes from './lab.module.css'

interface LabFilterProps {
  readonly file: ChosenFile
  readonly base: string
  readonly profile: string | null
}

const mono = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }

/** A search filter tried on the file: whom it finds, and which of its parts finds nobody. */
export function LabFilter({ file, base: usual, profile }: LabFilterProps) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState('')
  const [base, setBase] = useState(usual)
  const [asked, setAsked] = useState({ filter: '', base: '' })
  const tried = useApi(
    'lab.filter',
    { file: file.handle, ...asked, profile },
    { enabled: asked.filter !== '', afterwards: 'forgotten' },
  )
  const write = { maxLength: 10_000, autoComplete: 'off', spellCheck: false, styles: mono }
  return (
    <Section title={t('lab.filter.title')}>
      <form
        className={diagnostics.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (filter.trim() !== '') setAsked({ filter: filter.trim(), base: base.trim() })
        }}
      >
        <TextInput
          {...write}
          className={classes.filter ?? ''}
          label={t('lab.filter.filter')}
          placeholder="(&(objectClass=person)(mail=*))"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <TextInput
          {...write}
          className={diagnostics.field}
          label={t('lab.filter.base')}
          placeholder={t('lab.wholeFile')}
          value={base}
          onChange={(event) => setBase(event.currentTarget.value)}
          maxLength={2000}
        />
        <Button
          type="submit"
          h={36}
          variant="default"
          disabled={filter.trim() === ''}
          loading={tried.isFetching}
          leftSection={<IconFilter size={15} aria-hidden />}
        >
          {t('lab.filter.try')}
        </Button>
      </form>
      {asked.filter !== '' && tried.isError && <FilterFault error={tried.error} filter={asked.filter} />}
      {asked.filter !== '' && tried.data !== undefined && <Tried tried={tried.data} />}
    </Section>
  )
}

/** Where it stops making sense, with a mark below the place. */
function FilterFault({ error, filter }: { readonly error: ApiError; readonly filter: string }) {
  const { position } = error.details
  return (
    <>
      <FormError error={error} />
      {error.code === 'LDAP_FILTER_SYNTAX' && typeof position === 'number' && (
        <pre className={classes.fault}>{`${filter}\n${' '.repeat(position)}^`}</pre>
      )}
    </>
  )
}

function Tried({ tried }: { readonly tried: TriedFilter }) {
  const { t } = useTranslation()
  const { count, base, matches, parts } = tried
  const where = base === '' ? t('lab.wholeFile') : base
  return (
    <div role="region" aria-label={t('lab.filter.result')} className={diagnostics.story}>
      <p className={diagnostics.inspectKind} aria-live="polite">
        {t('lab.filter.found', { count, where })}
      </p>
      {parts.length > 1 && (
        <table className={classes.counts} aria-label={t('lab.filter.parts')}>
          <thead>
            <tr>
              <th scope="col">{t('lab.filter.part')}</th>
              <th scope="col">{t('lab.filter.alone')}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part, at) => (
              <tr key={at} data-none={part.count === 0 || undefined}>
                <td style={{ paddingLeft: part.depth * 18 }}>
                  <Mono text={part.text} />
                </td>
                <td>{part.count.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {matches.length > 0 && (
        <>
          <table className={classes.counts} aria-label={t('lab.filter.matches')}>
            <thead>
              <tr>
                {(['username', 'email', 'dn'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`lab.filter.columns.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {matches.map(({ dn, username, email }) => (
                <tr key={dn}>
                  <td>{username ?? t('common.none')}</td>
                  <td>{email ?? t('common.none')}</td>
                  <td>
                    <Mono text={dn} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {count > matches.length && (
            <p className={diagnostics.hint}>{t('lab.filter.more', { shown: matches.length, count })}</p>
          )}
        </>
      )}
    </div>
  )
}
