import { AppError } from '../../contract/errors'
import type { Adoption, ProfileView } from '../../contract/profiles'
import type { Finding } from '../../contract/settings'
import type { SecretStore } from '../app/ports'
import { createTexts } from '../app/texts'
import { secretNames, type SettingsRoom } from '../settings/create-settings'
import { editEnv } from '../settings/edit-env'
import { toFinding } from '../settings/findings'
import { readSmall } from '../settings/profile-file'
import { parseSettingsFile, type SettingsFile } from '../settings/settings-file'
import { canonicalName } from '../settings/settings-schema'
import { adopt, type Adopted } from './adopt'
import type { ProfileFolder } from './profile-folder'
import { viewOf } from './profile-views'
import { recognise } from './recognise'
import { createStoredSecrets } from './stored-secrets'

export interface ProfileServiceDeps {
  readonly settings: SettingsRoom
  readonly folder: ProfileFolder
  readonly secrets: SecretStore
}

/** Makes, changes and removes profiles. None of it touches who governs, but for a governing profile's name. */
export interface ProfileService {
  readonly view: (name: string) => Promise<ProfileView>
  readonly list: () => Promise<ProfileView[]>
  readonly add: (name: string, path: string | null) => Promise<Adoption>
  readonly copy: (from: string, to: string) => Promise<ProfileView>
  readonly rename: (from: string, to: string) => Promise<ProfileView>
  readonly remove: (name: string) => Promise<void>
}

interface AdoptedFile extends Adopted {
  /** What was found while the file was read, of which nothing is left in the profile. */
  readonly findings: readonly Finding[]
}

const empty: AdoptedFile = { text: '# A new profile.\n', taken: [], secrets: {}, leftOut: [], findings: [] }

async function readFile(path: string): Promise<string> {
  return readSmall(path).catch((error: unknown) => {
    throw new AppError('INVALID_INPUT', { text: 'fileUnreadable', details: { path }, cause: error })
  })
}

/** What can be adopted: at least one setting, and nothing that the reading itself already stumbled over. */
function requireSettings({ found, places }: SettingsFile, adopted: Adopted): void {
  const fault = found.find(({ severity }) => severity === 'error')
  if (fault) {
    const { written: name, line } = places[fault.setting ?? ''] ?? { written: '', line: fault.line ?? 1 }
    const text = fault.setting === null ? 'notASettingsFile' : 'settingNotUnderstood'
    throw new AppError('CONFIG_INVALID', { text, details: { name, line } })
  }
  if (adopted.taken.length === 0 && Object.keys(adopted.secrets).length === 0)
    throw new AppError('CONFIG_INVALID', { text: 'noSettings' })
}

async function adoptFile(path: string): Promise<AdoptedFile> {
  const file = parseSettingsFile(path, await readFile(path))
  const adopted = adopt(file, { path, kind: recognise(file.values, path) })
  requireSettings(file, adopted)
  const texts = createTexts()
  return { ...adopted, findings: file.found.map((found) => toFinding(texts, found, file.places)) }
}

/** What adding and copying share: looking at a profile, and writing a new one. */
function createProfileFiles({ settings, folder, secrets }: ProfileServiceDeps) {
  const stored = createStoredSecrets(secrets)
  return {
    stored,
    /** The secrets that the profile's own file may have in the store. */
    secretsOf: async (name: string) =>
      secretNames(Object.keys(parseSettingsFile(`${name}.env`, await folder.text(name)).values)),
    view: async (name: string): Promise<ProfileView> => {
      const [sources, current] = [await settings.sources(name), await settings.current(name)]
      return viewOf(sources, current, (await folder.governing()) === name)
    },
    /** Secrets first: a profile is there once its file is. Those of an earlier one of this name are dropped. */
    withSecrets: async (
      name: string,
      given: { names: readonly string[]; secrets: Readonly<Record<string, string>> },
      write: () => Promise<void>,
    ): Promise<void> => {
      await stored.forget(name, [...given.names, ...Object.keys(given.secrets)])
      await stored.put(name, given.secrets)
      try {
        await write()
      } catch (error) {
        await stored.forget(name, Object.keys(given.secrets))
        throw error
      }
    },
  }
}
type ProfileFiles = ReturnType<typeof createProfileFiles>

/** The file that a profile is read from: its own, or the one that --env-file put in its place. */
async function readSource({ settings, folder }: ProfileServiceDeps, name: string) {
  const shown = (await settings.sources(name)).profile.file
  const own = shown === null || shown === folder.path(name)
  // A profile's own paths are relative to the folder that the copy stands in too.
  const path = own ? `${name}.env` : shown
  const text = own ? await folder.text(name) : await readFile(path)
  return { own, text, path, file: parseSettingsFile(path, text) }
}

/** The text with references to the copied profile's own authorities, of which the copy gets its own file. */
async function withPinned(
  { pinned }: ProfileFolder,
  { from, to }: { readonly from: string; readonly to: string },
  text: string,
): Promise<string> {
  const { values } = parseSettingsFile(`${from}.env`, text)
  const names = Object.keys(values).filter((name) => values[name]?.trim() === pinned.name(from))
  if (names.length === 0) return text
  await pinned.write(to, await pinned.text(from))
  return editEnv(
    text,
    Object.fromEntries(names.map((name) => [canonicalName(name) ?? name, pinned.name(to)])),
  )
}

function makers(deps: ProfileServiceDeps, files: ProfileFiles): Pick<ProfileService, 'add' | 'copy'> {
  const { settings, folder } = deps
  const { view, withSecrets } = files
  return {
    add: async (name, path) => {
      await folder.requireFree(name)
      const adopted = path === null ? empty : await adoptFile(path)
      const names = secretNames(adopted.taken)
      await withSecrets(name, { names, secrets: adopted.secrets }, () => folder.write(name, adopted.text))
      const { findings } = await settings.check(name)
      const { taken, leftOut } = adopted
      return {
        profile: await view(name),
        ...{ taken: [...taken], secrets: Object.keys(adopted.secrets), secretsKept: deps.secrets.kind },
        ...{ leftOut: [...leftOut], findings: [...adopted.findings, ...findings] },
      }
    },
    copy: async (from, to) => {
      await folder.require(from)
      await folder.requireFree(to)
      const source = await readSource(deps, from)
      const adopted = adopt(source.file, { path: source.path, kind: (await view(from)).kind })
      const names = secretNames(Object.keys(source.file.values))
      // Only the secrets that count for what is copied: a file in the profile's place has none of the profile's.
      const secrets = { ...(await settings.sources(from)).secrets, ...adopted.secrets }
      // A copy holds comments and all, unless secrets stand in the file: those are never written a second time.
      const whole = source.own && Object.keys(adopted.secrets).length === 0
      const text = whole ? source.text || empty.text : adopted.text
      await withSecrets(to, { names, secrets }, async () => {
        const own = source.own ? await withPinned(folder, { from, to }, text) : text
        await folder.write(to, own)
      })
      return view(to)
    },
  }
}

export function createProfileService(deps: ProfileServiceDeps): ProfileService {
  const { folder } = deps
  const files = createProfileFiles(deps)
  const { view, withSecrets, stored, secretsOf } = files
  return {
    view,
    ...makers(deps, files),
    list: async () => Promise.all((await folder.names()).map(view)),
    rename: async (from, to) => {
      await folder.require(from)
      await folder.requireFree(to)
      const names = await secretsOf(from)
      const secrets = await stored.read(from, names)
      await withSecrets(to, { names, secrets }, async () => {
        // The copy first and the old one last: whichever step fails, a file that is named is there.
        const text = await folder.text(from)
        const moved = await withPinned(folder, { from, to }, text)
        await folder.rename(from, to)
        if (moved !== text) await folder.write(to, moved)
      })
      await folder.pinned.remove(from)
      await stored.forget(from, names)
      return view(to)
    },
    remove: async (name) => {
      await folder.require(name)
      if ((await folder.governing()) === name) throw new AppError('CONFLICT', { text: 'profileGoverns' })
      const names = await secretsOf(name)
      await folder.remove(name)
      await folder.pinned.remove(name)
      await stored.forget(name, names)
    },
  }
}
