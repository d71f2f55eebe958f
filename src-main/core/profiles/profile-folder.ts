import { access, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../contract/errors'
import { writeExport } from '../app/export-file'
import { governing, governsFile, isProfileName, profilePath, readSmall } from '../settings/profile-file'

/** The profiles' files in the home. Every write is whole or not at all, and for the owner's eyes only. */
export interface ProfileFolder {
  /** In alphabetical order; the governing one is among them even while it has no file. */
  readonly names: () => Promise<readonly string[]>
  readonly governing: () => Promise<string>
  /** `NOT_FOUND` where no profile has this name. */
  readonly require: (name: string) => Promise<void>
  /** `CONFLICT` where a profile has this name. */
  readonly requireFree: (name: string) => Promise<void>
  readonly path: (name: string) => string
  /** Empty where the governing profile has no file yet. */
  readonly text: (name: string) => Promise<string>
  readonly write: (name: string, text: string) => Promise<void>
  readonly rename: (from: string, to: string) => Promise<void>
  readonly remove: (name: string) => Promise<void>
  readonly govern: (name: string) => Promise<void>
  /** The certificate authorities that are trusted for a profile alone. */
  readonly pinned: PinnedFile
}

export interface PinnedFile {
  /** As a setting of the profile refers to it. */
  readonly name: (profile: string) => string
  readonly path: (profile: string) => string
  /** Empty where there is none. */
  readonly text: (profile: string) => Promise<string>
  readonly write: (profile: string, text: string) => Promise<void>
  readonly remove: (profile: string) => Promise<void>
}

const suffix = '.env'

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

export function createProfileFolder(profiles: string): ProfileFolder {
  const path = (name: string) => profilePath(profiles, name)
  const governs = async () => (await governing(profiles)).name
  const exists = async (name: string) => (await isThere(path(name))) || (await governs()) === name
  const write = async (file: string, text: string): Promise<void> => {
    await writeExport(file, [text])
  }
  const pinnedName = (profile: string) => `${profile}.ca.pem`
  const pinnedPath = (profile: string) => join(profiles, pinnedName(profile))
  const pinned: PinnedFile = {
    name: pinnedName,
    path: pinnedPath,
    text: async (profile) => ((await isThere(pinnedPath(profile))) ? readSmall(pinnedPath(profile)) : ''),
    write: (profile, text) => write(pinnedPath(profile), text),
    remove: (profile) => rm(pinnedPath(profile), { force: true }),
  }
  const govern = (name: string) => write(governsFile(profiles), `${name}\n`)
  return {
    path,
    pinned,
    governing: governs,
    govern,
    names: async () => {
      const files = (await readdir(profiles)).filter((file) => file.endsWith(suffix))
      const named = files.map((file) => file.slice(0, -suffix.length)).filter(isProfileName)
      return [...new Set([...named, await governs()])].toSorted((a, b) => a.localeCompare(b))
    },
    require: async (name) => {
      if (!(await exists(name)))
        throw new AppError('NOT_FOUND', { text: 'profileUnknown', details: { name } })
    },
    requireFree: async (name) => {
      if (await exists(name)) throw new AppError('CONFLICT', { text: 'profileTaken', details: { name } })
    },
    text: async (name) => ((await isThere(path(name))) ? readSmall(path(name)) : ''),
    write: (name, text) => write(path(name), text),
    rename: async (from, to) => {
      const rules = (await governs()) === from
      if (await isThere(path(from))) await rename(path(from), path(to))
      else await write(path(to), '')
      if (!rules) return
      await govern(to).catch(async (error: unknown) => {
        await rename(path(to), path(from)).catch(() => undefined)
        throw error
      })
    },
    remove: (name) => rm(path(name)),
  }
}
