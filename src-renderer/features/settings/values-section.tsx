import { useState } from 'react'
import { Checkbox, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConfigCheck } from '../../../src-main/contract/settings'
import { Mono } from '../../ui/mono'
import { Section } from '../../ui/section'
import { SettingValue, SourceChip } from '../../ui/setting-rows'
import classes from './settings.module.css'

/** Every setting with its value and where it comes from. */
export function ValuesSection({ check }: { readonly check: ConfigCheck }) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState('')
  const [onlySet, setOnlySet] = useState(false)
  const wanted = filter.trim().toLowerCase()
  const shown = check.settings.filter(
    ({ name, value, source }) =>
      (!onlySet || source !== 'default') &&
      (name.toLowerCase().includes(wanted) || (value?.toLowerCase().includes(wanted) ?? false)),
  )
  return (
    <Section title={t('settings.values')}>
      <div className={classes.filters}>
        <TextInput
          aria-label={t('settings.filter')}
          placeholder={t('settings.filter')}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          w={240}
          size="xs"
        />
        <Checkbox
          size="xs"
          label={t('settings.onlySet')}
          checked={onlySet}
          onChange={(event) => setOnlySet(event.currentTarget.checked)}
        />
        <span className="dim number" role="status">
          {t('settings.count', { shown: shown.length, all: check.settings.length })}
        </span>
        <span className={classes.file}>
          <span className="dim">{t('settings.file')} </span>
          {check.file === null ? t('settings.noFile') : <Mono text={check.file} copy={t('settings.file')} />}
        </span>
      </div>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('setting.name')}</th>
            <th scope="col">{t('setting.value')}</th>
            <th scope="col">{t('setting.source')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((setting) => (
            <tr key={setting.name}>
              <th scope="row" className="mono">
                {setting.name}
              </th>
              <td>
                <SettingValue setting={setting} />
              </td>
              <td>
                <SourceChip source={setting.source} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="dim">{t('settings.noMatch')}</p>}
    </Section>
  )
}
