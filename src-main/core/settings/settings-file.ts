import { extname } from 'node:path'
import { parseEnvFile } from './env-file'
import type { Found, Place } from './findings'
import { parseVikunjaFile } from './vikunja-file'

/** A settings file as it was read: values by the names of the schema, names that nobody knows as they stand there. */
export interface SettingsFile {
  readonly values: Readonly<Record<string, string>>
  readonly found: readonly Found[]
  /** Where each value stands. */
  readonly places: Readonly<Record<string, Place>>
}

/** Vikunja's `config.yml` goes by its name's end; everything else is a `.env` file, whatever it is called. */
export const isYaml = (path: string) => ['.yml', '.yaml'].includes(extname(path).toLowerCase())

export function parseSettingsFile(path: string, text: string): SettingsFile {
  return isYaml(path) ? parseVikunjaFile(text) : parseEnvFile(text)
}
