import { AppError } from '../../contract/errors'
import type { DraftInput } from '../../contract/draft'
import type { CallContext, Clock, SecretStore, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { ProfileFolder } from '../profiles/profile-folder'
import { createStoredSecrets } from '../profiles/stored-secrets'
import { requireLocalAdmin } from '../users/last-admin'
import { revisionOf, type Draft, type Drafts, type Tested } from './drafts'
import { editEnv } from './edit-env'
import { withoutCredentials } from './findings'
import type { SettingsRoom } from './create-settings'

export interface SaveDraftDeps {
  readonly drafts: Drafts
  readonly settings: SettingsRoom
  readonly folder: ProfileFolder
  readonly secrets: SecretStore
  readonly rooms: () => Promise<Rooms>
  readonly clock: Clock
  readonly refusesProduction: boolean
}

interface Save {
  readonly draft: DraftInput
  readonly revision: string
}

function changedMeanwhile(): never {
  throw new AppError('CONFLICT', { text: 'settingsChanged' })
}

/** Everything that keeps a draft from being saved, but for the last administrator. */
function requireSavable(draft: Draft, { draft: input, revision }: Save): void {
  if (!draft.writable) throw new AppError('CONFLICT', { text: 'settingsFileOpened' })
  if (draft.revision !== revision) changedMeanwhile()
  const name = Object.keys(input.secrets).find((secret) => draft.locked.includes(secret))
  if (name !== undefined) throw new AppError('INVALID_INPUT', { text: 'settingLocked', details: { name } })
  const [setting] = draft.retype
  if (setting !== undefined) throw new AppError('SECRET_REQUIRED', { details: { setting } })
  const error = draft.settings.findings.find(({ severity }) => severity === 'error')
  if (error) {
    const details = { problem: error.message, setting: error.setting ?? '', code: error.code }
    throw new AppError('CONFIG_INVALID', { text: 'draftNotValid', details })
  }
}

/** Whoever decides about the console's own sign-in must leave a local administrator a way in. */
async function requireAdmin(deps: SaveDraftDeps, { profile, settings }: Draft, tx: Tx): Promise<void> {
  const deciding = [await deps.folder.governing(), (await deps.settings.current()).profile.name]
  if (!deciding.includes(profile)) return
  if (settings.profile.production && deps.refusesProduction)
    throw new AppError('CONFIG_INSECURE', { details: { setting: 'AUTHDESK_PRODUCTION' } })
  const { users } = await deps.rooms()
  await requireLocalAdmin(users, { mode: settings, now: deps.clock.now(), tx })
}

/** Before and after of the values that change; of secrets only whether they are set. */
async function recordOf(deps: SaveDraftDeps, draft: Draft, { secrets }: DraftInput) {
  const { views } = await deps.settings.current(draft.profile)
  const names = Object.keys(draft.changes)
  const shown = (value: string | null) => (value === null ? null : withoutCredentials(value))
  const before = names.map((name) => [
    name,
    views.find((view) => view.name === name && view.set)?.value ?? null,
  ])
  const after = names.map((name) => [name, shown(draft.changes[name] ?? null)])
  const secretsThat = (kept: 'are set' | 'are removed') =>
    Object.keys(secrets).filter((name) => (secrets[name] === null) === (kept === 'are removed'))
  return {
    before: Object.fromEntries(before) as Record<string, string | null>,
    after: {
      ...(Object.fromEntries(after) as Record<string, string | null>),
      ...{ newSecrets: secretsThat('are set'), removedSecrets: secretsThat('are removed') },
      tested: deps.drafts.tested(draft),
    },
  }
}

/** The secrets and then the file; where the file cannot be written, the earlier secrets come back. */
async function write(deps: SaveDraftDeps, draft: Draft, secrets: DraftInput['secrets']): Promise<void> {
  const { profile } = draft
  const text = await deps.folder.text(profile)
  if (revisionOf(text) !== draft.revision) changedMeanwhile()
  const names = Object.keys(secrets)
  // A secret in the file would count before the stored one.
  const edited = editEnv(text, { ...draft.changes, ...Object.fromEntries(names.map((name) => [name, null])) })
  const stored = createStoredSecrets(deps.secrets)
  const before = await stored.read(profile, names)
  const replace = async (values: Readonly<Record<string, string | null>>) => {
    await stored.forget(profile, names)
    const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null)
    await stored.put(profile, Object.fromEntries(given))
  }
  try {
    await replace(secrets)
    await deps.folder.write(profile, edited)
  } catch (error) {
    await replace(before)
    throw error
  }
}

export interface Saved {
  readonly file: string
  readonly changed: string[]
  readonly tested: Tested
}

/** Makes a draft the profile's settings: whole, or not at all; it counts from the next call on. */
export async function saveDraft(deps: SaveDraftDeps, save: Save, { audit }: CallContext): Promise<Saved> {
  const draft = await deps.drafts.load(save.draft)
  audit.note({ target: draft.profile })
  requireSavable(draft, save)
  const { transaction } = await deps.rooms()
  const record = await recordOf(deps, draft, save.draft)
  return transaction(async (tx) => {
    await requireAdmin(deps, draft, tx)
    await audit.record(tx, { target: draft.profile, ...record })
    await write(deps, draft, save.draft.secrets)
    const changed = [...Object.keys(draft.changes), ...Object.keys(save.draft.secrets)]
    return { file: deps.folder.path(draft.profile), changed, tested: deps.drafts.tested(draft) }
  })
}
