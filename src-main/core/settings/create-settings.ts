import { dirname } from 'node:path'
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
import type { SettingsSources } from './sources'

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

/** The settings as they are now; a file is read again once it has changed. Without a name: of the governing profile. */
export interface SettingsRoom {
  readonly current: (profile?: string | null) => Promise<Settings>
  readonly check: (profile?: string | null) => Promise<ConfigCheck>
  /** What a profile's settings are made of, secrets among it. Not for the window. */
  readonly sources: (profile: string) => Promise<SettingsSources>
  /** A profile's settings as they would be if it governed: the environment's values count too. */
  readonly asGoverning: (profile: string) => Promise<Settings>
}

const singleSecrets = settingEntries.flatMap(([name, setting]) => (isSecret(setting) ? [name] : []))

/** The names of the secrets that the settings at hand could have. */
export function secretNames(names: readonly string[]): string[] {
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

/** Another profile than the one that this console was started with is always read from its own file. */
async function choiceOf(deps: SettingsDeps, named: string | null): Promise<ProfileChoice> {
  const { profiles } = deps.home
  const usual = { profiles, profile: deps.profile, envFile: deps.envFile }
  if (named === null) return usual
  const chosen = await chooseProfile(usual)
  return chosen.name === named ? usual : { profiles, profile: named, envFile: null }
}

interface Memory {
  readonly content: { readonly key: string; readonly value: ProfileContent }
  readonly loaded: { readonly key: string; readonly value: Settings } | null
}

export function createSettings(deps: SettingsDeps): SettingsRoom {
  const texts = deps.texts ?? createTexts()
  /** By the profile that was asked for. */
  const memory = new Map<string | null, Memory>()

  async function read(named: string | null): Promise<{ key: string; sources: SettingsSources }> {
    const choice = await choiceOf(deps, named)
    const profile = await chooseProfile(choice)
    const key = JSON.stringify([profile, await fingerprint(profile.path)])
    const before = memory.get(named)
    const content = before?.content.key === key ? before.content : { key, value: await readProfile(profile) }
    memory.set(named, { content, loaded: before?.loaded ?? null })
    const { file, values, places, found } = content.value
    const environment = profile.governs ? deps.environment : {}
    // A stored secret belongs to the profile it was saved for; a file that takes its place may name another server.
    const names =
      choice.envFile === null ? secretNames([...Object.keys(values), ...Object.keys(environment)]) : []
    const secrets = await storedSecrets(names, profile.name, deps.secrets)
    const sources = {
      profile: { name: profile.name, file, folder: dirname(profile.path) },
      file: values,
      environment,
      secrets,
      found,
      places,
    }
    return { key: JSON.stringify([key, secrets]), sources }
  }

  async function current(named: string | null = null): Promise<Settings> {
    const { key, sources } = await read(named)
    const before = memory.get(named)
    if (before?.loaded?.key === key) return before.loaded.value
    const value = loadSettings(sources, texts)
    if (before) memory.set(named, { ...before, loaded: { key, value } })
    return value
  }

  return {
    current,
    check: async (named) => toCheck(await current(named)),
    sources: async (name) => (await read(name)).sources,
    asGoverning: async (name) => {
      const { sources } = await read(name)
      return loadSettings({ ...sources, environment: deps.environment }, texts)
    },
  }
}
