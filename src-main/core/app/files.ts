import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { Files } from './ports'

/** Handles for files that a person chose; they live as long as the process. */
export function createFiles(): Files {
  const paths = new Map<string, string>()
  return {
    path: (handle) => paths.get(handle) ?? null,
    add: (path) => {
      const handle = randomUUID()
      paths.set(handle, path)
      return { handle, name: basename(path) }
    },
  }
}
