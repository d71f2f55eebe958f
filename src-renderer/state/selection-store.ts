import { create } from 'zustand'

export interface ChosenFile {
  readonly handle: string
  readonly name: string
}

interface Selection {
  /** The file the LDAP test runs against; `server` once a person chose the real directory over a sample. */
  readonly against: ChosenFile | 'server' | null
  readonly setAgainst: (against: ChosenFile | 'server') => void
  /** The file on the Lab page. */
  readonly lab: ChosenFile | null
  readonly setLab: (lab: ChosenFile) => void
}

/** What was picked on a page and has no place in the address: a file's handle is good for this start only. */
export const useSelection = create<Selection>()((set) => ({
  against: null,
  setAgainst: (against) => set({ against }),
  lab: null,
  setLab: (lab) => set({ lab }),
}))
