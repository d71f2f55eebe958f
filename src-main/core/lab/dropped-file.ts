import { rmSync } from 'node:fs'
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { AppError } from '../../contract/errors'
import { inspectMost } from '../../contract/inspection'
import { dropMost } from '../../contract/lab'
import { looksLikeLdif } from './text-of-bytes'

export interface Piece {
  readonly upload: string
  readonly name: string
  readonly at: number
  readonly bytes: Uint8Array
  readonly piece: 'more' | 'last'
}

/** What came of a file that is there whole. */
export type Dropped =
  { readonly kind: 'directory'; readonly path: string } | { readonly kind: 'text'; readonly bytes: Buffer }

export interface DroppedFiles {
  /** Takes the next piece; null until the last one is there. */
  readonly take: (piece: Piece) => Promise<Dropped | null>
  /** Removes what was dropped, before the program ends. */
  readonly remove: () => void
}

interface Upload {
  readonly id: string
  at: number
  /** Of a directory only; a text, which may be a secret, is never written. */
  readonly place: { readonly path: string; readonly handle: FileHandle } | null
  readonly parts: Buffer[]
}

/** One file at a time: the next one that is dropped takes its place. */
export function createDroppedFiles(): DroppedFiles {
  let folder: string | null = null
  let upload: Upload | null = null
  const clear = async (): Promise<void> => {
    const gone = folder
    await upload?.place?.handle.close()
    ;[folder, upload] = [null, null]
    if (gone !== null) await rm(gone, { recursive: true, force: true })
  }
  const begin = async ({ upload: id, name, bytes }: Piece): Promise<Upload> => {
    await clear()
    if (!looksLikeLdif(Buffer.from(bytes))) return { id, at: 0, place: null, parts: [] }
    folder = await mkdtemp(join(tmpdir(), 'authdesk-lab-'))
    const path = join(folder, plainName(name))
    return { id, at: 0, place: { path, handle: await open(path, 'wx', 0o600) }, parts: [] }
  }
  return {
    remove: () => {
      if (folder !== null) rmSync(folder, { recursive: true, force: true })
    },
    take: async (piece) => {
      if (piece.at === 0) upload = await begin(piece)
      const current = upload
      if (current?.id !== piece.upload || current.at !== piece.at)
        throw new AppError('INVALID_INPUT', { text: 'fileNotChosen' })
      await add(current, piece)
      if (piece.piece === 'more') return null
      upload = null
      return ended(current)
    },
  }
}

/** The name that the file had, and never a way out of the folder. */
function plainName(name: string): string {
  const bare = basename(name.replaceAll('\\', '/')).replace(/[\p{Cc}/]/gu, '')
  return ['', '.', '..'].includes(bare) ? 'dropped.ldif' : bare
}

async function add(upload: Upload, { bytes }: Piece): Promise<void> {
  upload.at += bytes.length
  const most = upload.place === null ? inspectMost : dropMost
  if (upload.at > most) throw new AppError('INVALID_INPUT', { text: 'fileTooLarge', details: { most } })
  if (upload.place === null) upload.parts.push(Buffer.from(bytes))
  else await upload.place.handle.write(bytes)
}

async function ended({ place, parts }: Upload): Promise<Dropped> {
  if (place === null) return { kind: 'text', bytes: Buffer.concat(parts) }
  await place.handle.close()
  return { kind: 'directory', path: place.path }
}
