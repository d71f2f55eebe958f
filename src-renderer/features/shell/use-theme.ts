import { useApi } from '../../api/use-api'
import { useAction } from '../../api/use-action'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** A theme by its name; anything else is the system's. */
export function themeNamed(name: string): Theme {
  return themes.find((one) => one === name) ?? 'auto'
}

/** The theme that was chosen, and the way to choose another. The main process keeps it. */
export function useTheme() {
  const preferences = useApi('app.preferences', {})
  const { run } = useAction('app.setPreferences', { refreshes: ['app.preferences'], keep: () => null })
  return {
    theme: preferences.data?.colorScheme ?? 'auto',
    setTheme: (colorScheme: Theme) => run({ colorScheme }),
  }
}
