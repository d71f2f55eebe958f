import type { SecretStore } from '../app/ports'

/** A profile's secrets in the store, all of which stand under its name. */
export interface StoredSecrets {
  readonly read: (profile: string, names: readonly string[]) => Promise<Readonly<Record<string, string>>>
  readonly put: (profile: string, secrets: Readonly<Record<string, string>>) => Promise<void>
  readonly forget: (profile: string, names: readonly string[]) => Promise<void>
}

export function createStoredSecrets(store: SecretStore): StoredSecrets {
  const key = (profile: string, name: string) => `${profile}/${name}`
  return {
    read: async (profile, names) => {
      const found: Record<string, string> = {}
      for (const name of names) {
        const value = await store.get(key(profile, name))
        if (value !== null) found[name] = value
      }
      return found
    },
    put: async (profile, secrets) => {
      for (const [name, value] of Object.entries(secrets)) await store.set(key(profile, name), value)
    },
    forget: async (profile, names) => {
      for (const name of names) await store.remove(key(profile, name))
    },
  }
}
