import type { Difference, ProfileView } from '../../contract/profiles'
import type { Settings } from '../app/ports'
import { loadSettings } from '../settings/load-settings'
import { settingOf, isSecret } from '../settings/settings-schema'
import type { SettingsSources } from '../settings/sources'
import { recognise } from './recognise'

export function viewOf(sources: SettingsSources, settings: Settings, governs: boolean): ProfileView {
  const { name, file, production } = settings.profile
  return { name, file, production, governs, method: settings.method, kind: recognise(sources.file, file) }
}

/** What a profile says itself, whatever the environment of this process adds. */
export const alone = (sources: SettingsSources): SettingsSources => ({ ...sources, environment: {} })

/** A secret's value as the profile gives it; null where it gives none. */
export function secretOf(sources: SettingsSources, name: string): string | null {
  return sources.file[name] || sources.secrets[name] || null
}

/** The settings in which two profiles differ or that either of them gives, in the schema's order. */
export function differences(a: SettingsSources, b: SettingsSources): Difference[] {
  const [left, right] = [a, b].map((each) => loadSettings(alone(each)).views) as [
    Settings['views'],
    Settings['views'],
  ]
  const names = [...new Set([...left, ...right].map(({ name }) => name))]
  return names.flatMap((name) => {
    const setting = settingOf(name)
    const sides = [left, right].map((views) => {
      const view = views.find((each) => each.name === name)
      return { value: view?.value ?? setting?.default ?? null, set: view?.set ?? false }
    })
    if (!sides.some(({ set }) => set)) return []
    const secret = setting !== null && isSecret(setting)
    const values = secret ? [secretOf(a, name), secretOf(b, name)] : sides.map(({ value }) => value)
    return [{ name, secret, differs: values[0] !== values[1], sides }]
  })
}
