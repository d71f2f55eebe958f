import { useState } from 'react'
import type { DraftView, SettingField } from '../../../src-main/contract/settings'
import { toApiError, type ApiError } from '../../api/api-error'
import { useApi } from '../../api/use-api'

type Changes = Readonly<Record<string, string | null>>

/** What a person has changed so far. `edit` grows with every change, so that an older result shows as stale. */
interface Edited {
  readonly changes: Changes
  readonly secrets: Changes
  readonly edit: number
}

const untouched: Edited = { changes: {}, secrets: {}, edit: 0 }

export interface Draft {
  readonly profile: string | null
  /** What is saved, as it was when the draft was begun. */
  readonly saved: DraftView
  /** What the draft would mean; of the moment before while the next answer is on its way. */
  readonly view: DraftView
  readonly edited: Edited
  /** Whether `view` is of the draft as it stands now. */
  readonly settled: boolean
  readonly error: ApiError | null
  readonly dirty: boolean
  readonly change: (values: Changes) => void
  readonly changeSecret: (name: string, value: string | null | undefined) => void
}

/** A draft of a profile's settings, which lives as long as its page. */
export function useDraft(profile: string | null, saved: DraftView): Draft {
  const [begun] = useState(saved)
  const [edited, setEdited] = useState(untouched)
  const { changes, secrets } = edited
  const typed = Object.keys(secrets)
  const asked = useApi(
    'settings.draft',
    { profile, changes, typed },
    { meanwhile: 'previous', afterwards: 'forgotten' },
  )
  const view = asked.data ?? begun
  return {
    ...{ profile, saved: begun, view, edited },
    settled: !asked.isPlaceholderData && !asked.isPending,
    error: asked.error === null ? null : toApiError(asked.error),
    dirty: edited.edit > 0,
    change: (values) =>
      setEdited((before) => ({
        ...before,
        changes: { ...before.changes, ...values },
        edit: before.edit + 1,
      })),
    changeSecret: (name, value) =>
      setEdited((before) => {
        const others = Object.entries(before.secrets).filter(([each]) => each !== name)
        const own = value === undefined ? [] : [[name, value] as const]
        return { ...before, secrets: Object.fromEntries([...others, ...own]), edit: before.edit + 1 }
      }),
  }
}

/** What stands in a field: the draft's value, else the saved one where it is not the default. */
export function valueOf({ edited, saved }: Draft, field: SettingField): string {
  const { name } = field
  const changed = edited.changes[name]
  if (changed !== undefined) return changed ?? ''
  const view = saved.settings.find((setting) => setting.name === name)
  if (view?.set === true) return view.value ?? ''
  // Where an empty text is a value, an empty field would say something else than "not set".
  return field.mayBeEmpty ? (field.default ?? '') : ''
}

/** What of the draft goes to the core. */
export function inputOf({ profile, edited: { changes, secrets } }: Draft) {
  return { profile, changes, secrets }
}

/** Everything that stands in the draft now, but for secrets. */
export function valuesOf(draft: Draft): Readonly<Record<string, string>> {
  const { saved, edited } = draft
  const set = saved.settings.filter((setting) => setting.set && !setting.secret)
  const all = { ...Object.fromEntries(set.map(({ name, value }) => [name, value])), ...edited.changes }
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => (entry[1] ?? '').trim() !== ''),
  )
}
