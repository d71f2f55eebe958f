import { open } from 'node:fs/promises'
import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import { inspectMost } from '../../contract/inspection'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, Clock, Desk, Files, Settings } from '../app/ports'
import type { Texts } from '../app/texts'
import { openLdifDirectory } from '../ldap/ldif-directory'
import type { DroppedFiles } from './dropped-file'
import { explainText } from './explain-text'
import { pictureOf } from './file-picture'
import { looksLikeLdif, textOfBytes } from './text-of-bytes'
import { tryFilter } from './try-filter'

export interface LabHandlerDeps {
  /** Of the named profile; without a name, of the governing one. */
  readonly settings: (profile: string | null) => Promise<Settings>
  readonly texts: Texts
  readonly clock: Clock
  readonly files: Files
  readonly desk: Pick<Desk, 'chooseFile'>
  readonly dropped: DroppedFiles
}

export function createLabHandlers(deps: LabHandlerDeps): Handlers<Contract['lab'], CallContext> {
  const explain = async (text: string, profile: string | null) => {
    const settings = await deps.settings(profile)
    return explainText({ t: deps.texts, now: deps.clock.now(), settings }, text)
  }
  return {
    inspect: ({ text, profile }) => explain(text, profile),
    read: async ({ file, profile }, { signal }) => {
      const path = pathOf(deps, file)
      const text = await textIn(path)
      if (text !== null) return { directory: null, text: await explain(text, profile) }
      const { ldap } = await deps.settings(profile)
      return { directory: await pictureOf(path, ldap, signal), text: null }
    },
    filter: async ({ file, filter, base, profile }, { signal }) => {
      const { ldap } = await deps.settings(profile)
      const directory = await openLdifDirectory(pathOf(deps, file), signal)
      return tryFilter(directory, { settings: ldap, filter, base: base ?? ldap.userBase }, signal)
    },
    chooseFile: async () => {
      const path = await deps.desk.chooseFile('lab')
      return { file: path === null ? null : deps.files.add(path) }
    },
    drop: async ({ profile, ...piece }) => {
      const dropped = await deps.dropped.take(piece)
      if (dropped === null) return { file: null, text: null }
      if (dropped.kind === 'directory') return { file: deps.files.add(dropped.path), text: null }
      return { file: null, text: await explain(filled(textOfBytes(dropped.bytes)), profile) }
    },
  }
}

function pathOf({ files }: LabHandlerDeps, handle: string): string {
  const path = files.path(handle)
  if (path === null) throw new AppError('NOT_FOUND', { text: 'fileNotChosen' })
  return path
}

/** So much tells a file of entries from a text. */
const beginning = 65_536

/** The text of a file that is to be explained; null where it is one of entries, however large. */
async function textIn(path: string): Promise<string | null> {
  const file = await open(path).catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', { text: 'fileMissing', cause })
  })
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(inspectMost + 1) })
    const bytes = buffer.subarray(0, bytesRead)
    if (looksLikeLdif(bytes.subarray(0, beginning))) return null
    if (bytesRead > inspectMost)
      throw new AppError('INVALID_INPUT', { text: 'fileTooLarge', details: { most: inspectMost } })
    return filled(textOfBytes(bytes))
  } finally {
    await file.close()
  }
}

function filled(text: string): string {
  if (text.trim() === '') throw new AppError('INVALID_INPUT', { text: 'fileEmpty' })
  return text
}
