import { authProviders, type AuthProvider } from '../../src-main/contract/app'
import { roles, type Role } from '../../src-main/contract/permissions'
import { accountStates, type AccountState } from '../../src-main/contract/users'

export interface SearchWords {
  readonly search: string
  readonly providers: readonly AuthProvider[]
  readonly roles: readonly Role[]
  readonly states: readonly AccountState[]
}

function valueIn<T extends string>(known: readonly T[], value: string): T | undefined {
  return known.find((one) => one === value)
}

/** Takes typed filters such as `provider:ldap` or `state:locked` out of a search, as soon as their value is a known one. */
export function parseSearchWords(text: string): SearchWords {
  const providers = new Set<AuthProvider>()
  const roleSet = new Set<Role>()
  const states = new Set<AccountState>()
  const take = (word: string): boolean => {
    const [, key, value] = /^(provider|role|state):(\S+)$/i.exec(word) ?? []
    if (key === undefined || value === undefined) return false
    const known = value.toLowerCase()
    const provider = key.toLowerCase() === 'provider' ? valueIn(authProviders, known) : undefined
    const role = key.toLowerCase() === 'role' ? valueIn(roles, known) : undefined
    const state = key.toLowerCase() === 'state' ? valueIn(accountStates, known) : undefined
    if (provider) providers.add(provider)
    if (role) roleSet.add(role)
    if (state) states.add(state)
    return Boolean(provider ?? role ?? state)
  }
  const parts = text.split(/(\s+)/)
  const left = parts.filter((part) => !take(part))
  const taken = left.length < parts.length
  const search = taken ? left.join('').replace(/\s+/g, ' ').trimStart() : text
  return { search, providers: [...providers], roles: [...roleSet], states: [...states] }
}
