import type { ConfigCheck } from '../../contract/settings'
import type { SecretStore, Settings } from '../app/ports'
import { createTexts, type Texts } from '../app/texts'
import { loadSettings } from './load-settings'
import {
  chooseProfile,
  fingerprint,
  readProfile,
  type ProfileChoice,
  type ProfileContent,
} from './profile-file'
import { canonicalName, isSecret, settingEntries, settingOf } from './settings-schema'

export interface SettingsDeps {
  readonly home: { readonly profiles: string }
  /** null: the governing one. */
  readonly profile: string | null
  /** Takes the profile file's place. */
  readonly envFile: string | null
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly secrets: SecretStore
  readonly texts?: Texts
}

/** The settings as they are now; the file is read again once it has changed. */
export interface SettingsRoom {
  readonly current: () => Promise<Settings>
  readonly check: () => Promise<ConfigCheck>
}

const singleSecrets = settingEntries.flatMap(([name, setting]) => (isSecret(setting) ? [name] : []))

/** The names of the secrets that the settings at hand could have. */
function secretNames(names: readonly string[]): string[] {
  const providers = names.flatMap((name) => /^OIDC_PROVIDER_\d+_/.exec(canonicalName(name) ?? '')?.[0] ?? [])
  const numbered = [...new Set(providers)].map((prefix) => `${prefix}CLIENT_SECRET`)
  return [...singleSecrets, ...numbered.filter((name) => settingOf(name) !== null)]
}

async function storedSecrets(names: readonly string[], profile: string, store: SecretStore) {
  const found: Record<string, string> = {}
  for (const name of names) {
    const value = await store.get(`${profile}/${name}`)
    if (value !== null) found[name] = value
  }
  return found
}

/** A view of the whole for `config check`. */
function toCheck(settings: Settings): ConfigCheck {
  return {
    ok: settings.method !== null,
    method: settings.method,
    file: settings.profile.file,
    findings: [...settings.findings],
    settings: [...settings.views],
  }
}

export function createSettings(deps: SettingsDeps): SettingsRoom {
  const texts = deps.texts ?? createTexts()
  const choice: ProfileChoice = { profiles: deps.home.profiles, profile: deps.profile, envFile: deps.envFile }
  let content: { readonly key: string; readonly value: ProfileContent } | null = null
  let loaded: { readonly key: string; readonly value: Settings } | null = null

  async function current(): Promise<Settings> {
    const profile = await chooseProfile(choice)
    const key = JSON.stringify([profile, await fingerprint(profile.path)])
    content = content?.key === key ? content : { key, value: await readProfile(profile) }
    const { file, values, places, found } = content.value
    const environment = profile.governs ? deps.environment : {}
    // A stored secret belongs to the profile it was saved for; a file that takes its place may name another server.
    const names =
      deps.envFile === null ? secretNames([...Object.keys(values), ...Object.keys(environment)]) : []
    const secrets = await storedSecrets(names, profile.name, deps.secrets)
    const whole = JSON.stringify([key, secrets])
    if (loaded?.key !== whole) {
      const sources = {
        profile: { name: profile.name, file },
        file: values,
        environment,
        secrets,
        found,
        places,
      }
      loaded = { key: whole, value: loadSettings(sources, texts) }
    }
    return loaded.value
  }

  return { current, check: async () => toCheck(await current()) }
}
