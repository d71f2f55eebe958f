import type { SettingField } from '../../contract/settings'
import { groupTitles } from './settings-reference'
import { isSecret, numberedEntries, parseNumbered, settingEntries } from './settings-schema'
import type { Setting } from './setting'

function fieldOf(name: string, setting: Setting): SettingField {
  const { kind, group, description, empty } = setting
  return {
    ...{ name, group, groupTitle: groupTitles[group], expected: kind.expected, description },
    choices: [...(kind.choices ?? [])],
    default: setting.default ?? null,
    secret: isSecret(setting),
    mayBeEmpty: empty === 'is a value',
  }
}

/** Every setting that a form may change: those of the schema, and those of the numbered providers that are named. */
export function formFields(names: readonly string[]): SettingField[] {
  const numbers = [...new Set(names.flatMap((name) => parseNumbered(name)?.n ?? []))].toSorted(
    (a, b) => a - b,
  )
  return [
    ...settingEntries.map(([name, setting]) => fieldOf(name, setting)),
    ...numbers.flatMap((n) =>
      numberedEntries.map(([field, setting]) => {
        const group = `${groupTitles[setting.group]} ${n}`
        return {
          ...fieldOf(`OIDC_PROVIDER_${n}_${field}`, setting),
          group: `${setting.group}-${n}`,
          groupTitle: group,
        }
      }),
    ),
  ]
}
