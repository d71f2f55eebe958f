import type { Found, Place } from './findings'

/** What `loadSettings` judges: everything that was read, and nothing that still has to be. */
export interface SettingsSources {
  readonly profile: {
    readonly name: string
    readonly file: string | null
    /** Where its file is, or will be once it is saved: relative paths start there. */
    readonly folder?: string
  }
  readonly file: Readonly<Record<string, string>>
  /** Empty for a profile that does not govern. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** From the secret store, by the setting's name. */
  readonly secrets: Readonly<Record<string, string>>
  /** What was found while reading. */
  readonly found: readonly Found[]
  /** Where the file's values stand, by the name under which they are in \`file\`. */
  readonly places?: Readonly<Record<string, Place>>
}
