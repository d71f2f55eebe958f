import { Button, Text } from '@mantine/core'
import { IconBinaryTree2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DirectoryKind } from '../../../src-main/contract/ldap'
import type { SettingField } from '../../../src-main/contract/settings'
import classes from './drafts.module.css'
import { directoryPresets, type Preset } from './presets'
import { isOwn, nameHere } from './provider-numbers'
import { valueOf, type Draft } from './use-draft'

interface OfferedPresetProps {
  readonly draft: Draft
  readonly fields: readonly SettingField[]
  /** What the last test recognised. */
  readonly kind: DirectoryKind | undefined
}

/** Offers what the directory that was recognised uses where nobody has changed it, unless it is all there. */
export function OfferedPreset({ draft, fields, kind }: OfferedPresetProps) {
  const { t } = useTranslation()
  const preset = directoryPresets.find(({ id }) => id === kind)
  if (!preset || missing(preset, draft, fields).length === 0) return null
  return (
    <div className={classes.stale} role="status" data-preset={preset.id}>
      <IconBinaryTree2 size={18} aria-hidden />
      <Text size="sm">{t('draft.recognised', { name: preset.name })}</Text>
      <Button variant="default" h={28} fz={13} onClick={() => fillIn(preset, draft, null)}>
        {t('draft.usePreset', { name: preset.name })}
      </Button>
    </div>
  )
}

/** Takes the preset's values; those that all providers share stay as they were set for the first one. */
export function fillIn(preset: Preset, draft: Draft, n: number | null) {
  const entries = Object.entries(preset.values).filter(([name]) => n === null || n === 1 || isOwn(name))
  draft.change(Object.fromEntries(entries.map(([name, value]) => [nameHere(name, n), value])))
}

/** The names of the settings that the preset would change. */
function missing(preset: Preset, draft: Draft, fields: readonly SettingField[]) {
  return Object.entries(preset.values).filter(([name, value]) => {
    const field = fields.find((each) => each.name === name)
    return field !== undefined && effective(draft, field) !== (value ?? '')
  })
}

/** What counts where a field is empty is its default. */
function effective(draft: Draft, field: SettingField): string {
  const own = valueOf(draft, field)
  return own === '' && !field.mayBeEmpty ? (field.default ?? '') : own
}
