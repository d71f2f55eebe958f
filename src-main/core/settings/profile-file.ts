import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { profileNamePattern } from '../../contract/profile-name'
import type { Found } from './findings'
import { parseSettingsFile, type SettingsFile } from './settings-file'

/** What decides which file is read. `profile` null: the governing one. */
export interface ProfileChoice {
  readonly profiles: string
  readonly profile: string | null
  readonly envFile: string | null
}

export interface Profile {
  readonly name: string
  readonly path: string
  /** A file that nobody asked for by name may be absent: then the defaults hold. */
  readonly optional: boolean
  readonly governs: boolean
  readonly found: readonly Found[]
}

export interface ProfileContent extends SettingsFile {
  readonly file: string | null
}

const errorCode = z.object({ code: z.string() })
const codeOf = (error: unknown) => errorCode.safeParse(error).data?.code ?? 'unknown'
const largest = 1_000_000

export const isProfileName = (name: string) => profileNamePattern.test(name)

export const governsFile = (profiles: string) => join(profiles, 'governs')
export const profilePath = (profiles: string, name: string) => join(profiles, `${name}.env`)

/** `profiles/governs` names the governing profile; without it, it is `default`. */
export async function governing(
  profiles: string,
): Promise<{ name: string; named: boolean; found: readonly Found[] }> {
  const path = governsFile(profiles)
  const written = await readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => null,
  )
  if (written === null) return { name: 'default', named: false, found: [] }
  if (isProfileName(written)) return { name: written, named: true, found: [] }
  const values = { file: path, value: written }
  return {
    name: 'default',
    named: true,
    found: [
      { code: 'CONFIG_INVALID', severity: 'error', setting: null, text: 'governsInvalid', with: values },
    ],
  }
}

/** A name that is none must not become a path. */
function invalidName(profiles: string, value: string): Profile {
  const found: Found = {
    code: 'CONFIG_INVALID',
    severity: 'error',
    setting: null,
    text: 'profileInvalid',
    with: { value },
  }
  return {
    name: 'default',
    path: profilePath(profiles, 'default'),
    optional: true,
    governs: false,
    found: [found],
  }
}

/** Which profile is meant, and where its file is. */
export async function chooseProfile(choice: ProfileChoice): Promise<Profile> {
  const { name, named, found } = await governing(choice.profiles)
  if (choice.profile !== null && !isProfileName(choice.profile))
    return invalidName(choice.profiles, choice.profile)
  const chosen = choice.profile ?? name
  const path = choice.envFile ?? profilePath(choice.profiles, chosen)
  const optional = choice.envFile === null && choice.profile === null && !named
  return { name: chosen, path, optional, governs: chosen === name, found }
}

/** Changes when the file does; `absent` while there is none. */
export async function fingerprint(path: string): Promise<string> {
  try {
    const { mtimeMs, ctimeMs, size, ino } = await stat(path)
    return [mtimeMs, ctimeMs, size, ino].join(':')
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'absent' : codeOf(error)
  }
}

async function readable(path: string): Promise<Found[]> {
  const { mode } = await stat(path)
  if (process.platform === 'win32' || (mode & 0o044) === 0) return []
  const values = { file: path, mode: (mode & 0o777).toString(8).padStart(4, '0') }
  return [
    { code: 'CONFIG_FILE_READABLE', severity: 'warning', setting: null, text: 'fileReadable', with: values },
  ]
}

export async function readSmall(path: string): Promise<string> {
  const { size } = await stat(path)
  if (size > largest) throw Object.assign(new Error('too large'), { code: 'EFBIG' })
  return readFile(path, 'utf8')
}

function unreadable(profile: Profile, code: string): ProfileContent {
  const missing = code === 'ENOENT'
  const found: Found = {
    code: missing ? 'CONFIG_MISSING' : 'CONFIG_INVALID',
    severity: 'error',
    setting: null,
    text: missing ? 'fileMissing' : 'fileUnreadable',
    with: { file: profile.path, reason: code },
  }
  return { file: profile.path, values: {}, places: {}, found: [...profile.found, found] }
}

/** The profile's own settings; an absent optional file has none. */
export async function readProfile(profile: Profile): Promise<ProfileContent> {
  try {
    const { values, places, found } = parseSettingsFile(profile.path, await readSmall(profile.path))
    return {
      file: profile.path,
      values,
      places,
      found: [...profile.found, ...found, ...(await readable(profile.path))],
    }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' && profile.optional)
      return { file: null, values: {}, places: {}, found: profile.found }
    return unreadable(profile, code)
  }
}
