import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { DraftInput } from '../../contract/draft'
import type { ProfileFolder } from '../profiles/profile-folder'
import type { Texts } from '../app/texts'
import type { SettingsRoom } from './create-settings'
import { meaningOf, type DraftMeaning } from './draft'

export type Tested = 'passed' | 'failed' | 'untested'

export interface Draft extends DraftMeaning {
  readonly profile: string
  readonly revision: string
  readonly writable: boolean
  /** Stands for exactly this draft of exactly this file; tells nothing about its secrets. */
  readonly id: string
}

/** Drafts as they are asked about, and which of them were tested; a result never passes to another draft. */
export interface Drafts {
  readonly load: (input: DraftInput) => Promise<Draft>
  readonly saw: (draft: Draft, ok: boolean) => void
  readonly tested: (draft: Draft) => Tested
}

export interface DraftsDeps {
  readonly settings: SettingsRoom
  readonly folder: ProfileFolder
  readonly texts: Texts
}

/** Another text has another one. */
export const revisionOf = (text: string) => createHash('sha256').update(text).digest('hex')

const inOrder = (values: object) => Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1))
const remembered = 100

export function createDrafts({ settings, folder, texts }: DraftsDeps): Drafts {
  const key = randomBytes(32)
  const results = new Map<string, boolean>()
  return {
    load: async (input) => {
      if (input.profile !== null) await folder.require(input.profile)
      const profile = input.profile ?? (await settings.current()).profile.name
      const revision = revisionOf(await folder.text(profile))
      const sources = await settings.sources(profile)
      const { file } = sources.profile
      const meaning = meaningOf(sources, input, texts)
      const parts = [profile, file, revision, inOrder(meaning.changes), inOrder(input.secrets)]
      const id = createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex')
      return { ...meaning, profile, revision, id, writable: file === null || file === folder.path(profile) }
    },
    saw: ({ id }, ok) => {
      results.delete(id)
      results.set(id, ok)
      const [oldest] = results.keys()
      if (results.size > remembered && oldest !== undefined) results.delete(oldest)
    },
    tested: ({ id }) => {
      const ok = results.get(id)
      return ok === undefined ? 'untested' : ok ? 'passed' : 'failed'
    },
  }
}
