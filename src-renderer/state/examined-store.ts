import { create } from 'zustand'

interface Examined {
  /** The profile that Settings, LDAP and OpenID Connect look at; null: the governing one. */
  readonly name: string | null
  readonly examine: (name: string | null) => void
}

/** Which profile a person looks at. It ends with their session, and nothing of the sign-in depends on it. */
export const useExamined = create<Examined>()((set) => ({
  name: null,
  examine: (name) => set({ name }),
}))
