import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Queries } from './connections'
import { readState, writeState } from './console-state'

const colorSchemeSchema = z.enum(['auto', 'light', 'dark'])
export type ColorScheme = z.infer<typeof colorSchemeSchema>

const colorSchemeEntry = { key: 'preferences.color-scheme', schema: colorSchemeSchema }
const installationEntry = { key: 'installation.id', schema: z.uuid() }

export interface PreferencesStore {
  readonly colorScheme: () => Promise<ColorScheme>
  readonly setColorScheme: (scheme: ColorScheme) => Promise<void>
  /** Names this installation; made when it is first asked for. */
  readonly installationId: () => Promise<string>
}

export function createPreferencesStore(queries: Queries): PreferencesStore {
  return {
    colorScheme: async () => (await readState(queries, colorSchemeEntry)) ?? 'auto',
    setColorScheme: (value) =>
      queries.transaction((tx) => writeState(queries, tx, { key: colorSchemeEntry.key, value })),
    installationId: async () => {
      const known = await readState(queries, installationEntry)
      if (known !== null) return known
      return queries.transaction(async (tx) => {
        const meanwhile = await readState(queries, installationEntry, tx)
        if (meanwhile !== null) return meanwhile
        const value = randomUUID()
        await writeState(queries, tx, { key: installationEntry.key, value })
        return value
      })
    },
  }
}
