import { useState, type DragEvent } from 'react'
import { dropMost, pieceMost } from '../../../src-main/contract/lab'
import { toApiError, type ApiError } from '../../api/api-error'
import type { Output } from '../../api/paths'
import { request } from '../../api/request'

export type Dropped = Output<'lab.drop'>

interface Dropping {
  /** How much of the file has been handed over, from 0 to 1; null while nothing is. */
  readonly progress: number | null
  /** A file is held over the page. */
  readonly over: boolean
  readonly error: ApiError | 'too-large' | null
}

const still: Dropping = { progress: null, over: false, error: null }

/** Files that are dropped on an element: handed to the main process piece by piece, since a page has no paths. */
export function useDrop(profile: string | null, onDone: (dropped: Dropped) => void) {
  const [dropping, setDropping] = useState<Dropping>(still)
  const send = async (file: File) => {
    if (file.size > dropMost) {
      setDropping({ ...still, error: 'too-large' })
      return
    }
    try {
      const progress = (at: number) =>
        setDropping({ ...still, progress: file.size === 0 ? 0 : at / file.size })
      const dropped = await sendPieces(file, profile, progress)
      setDropping(still)
      onDone(dropped)
    } catch (error) {
      setDropping({ ...still, error: toApiError(error) })
    }
  }
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setDropping((now) => (now.over ? now : { ...now, over: true }))
    },
    onDragLeave: (event: DragEvent) => {
      const { currentTarget, relatedTarget } = event
      if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return
      setDropping((now) => ({ ...now, over: false }))
    },
    onDrop: (event: DragEvent) => {
      const [file] = event.dataTransfer.files
      if (file === undefined) return
      event.preventDefault()
      if (dropping.progress === null) void send(file)
    },
  }
  return { ...dropping, handlers, forget: () => setDropping(still) }
}

async function sendPieces(
  file: File,
  profile: string | null,
  progress: (at: number) => void,
): Promise<Dropped> {
  const upload = crypto.randomUUID()
  for (let at = 0; ; at += pieceMost) {
    progress(at)
    const bytes = new Uint8Array(await file.slice(at, at + pieceMost).arrayBuffer())
    const piece = at + pieceMost >= file.size ? 'last' : 'more'
    const dropped = await request('lab.drop', { upload, name: file.name, at, bytes, piece, profile })
    if (piece === 'last') return dropped
  }
}
