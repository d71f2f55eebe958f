import { useTranslation } from 'react-i18next'
import type { SettingView } from '../../src-main/contract/ldap'
import { Chip } from './chip'
import { Mono } from './mono'
import classes from './setting-rows.module.css'

const tones = { default: 'quiet', profile: undefined, environment: 'good' } as const

/** Where a value came from. */
export function SourceChip({ source }: { readonly source: SettingView['source'] }) {
  const { t } = useTranslation()
  const tone = tones[source]
  return (
    <Chip hint={t(`settingSourceHints.${source}`)} {...(tone !== undefined && { tone })}>
      {t(`settingSources.${source}`)}
    </Chip>
  )
}

/** A setting's value; of a secret only whether there is one. */
export function SettingValue({ setting }: { readonly setting: SettingView }) {
  const { t } = useTranslation()
  if (setting.secret || setting.value === null) {
    return <span className="dim">{t(setting.set ? 'setting.set' : 'setting.notSet')}</span>
  }
  if (setting.value === '') return <span className="dim">{t('setting.empty')}</span>
  return setting.value.length > 12 ? (
    <Mono text={setting.value} copy={setting.name} />
  ) : (
    <Mono text={setting.value} />
  )
}

/** Settings under each other, for a narrow column: name and source on one line, the value below. */
export function SettingRows({ settings }: { readonly settings: readonly SettingView[] }) {
  return (
    <ul className={classes.rows}>
      {settings.map((setting) => (
        <li key={setting.name} className={classes.row}>
          <div className={classes.head}>
            <span className={classes.name}>{setting.name}</span>
            <SourceChip source={setting.source} />
          </div>
          <div className={classes.value}>
            <SettingValue setting={setting} />
          </div>
        </li>
      ))}
    </ul>
  )
}
