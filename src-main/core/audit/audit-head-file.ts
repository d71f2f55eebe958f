import { randomBytes } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { AuditHead } from './audit-chain'

/** The chain's end, noted beside the database: records cut from its end are missed even though what is left fits. */
export interface AuditHeadFile {
  readonly path: string
  /** Null where none was noted, or what is there is no head. */
  readonly read: () => Promise<AuditHead | null>
  readonly write: (head: AuditHead) => Promise<void>
}

/** `SEQUENCE:HASH`, or null where the text is something else. */
export function headOf(text: string): AuditHead | null {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})\s*$/.exec(text) ?? []
  return sequence === undefined || hash === undefined ? null : { sequence: Number(sequence), hash }
}

export const headText = ({ sequence, hash }: AuditHead) => `${sequence}:${hash}`

export function createAuditHeadFile(path: string): AuditHeadFile {
  return {
    path,
    read: async () => {
      try {
        return headOf(await readFile(path, 'utf8'))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw error
      }
    },
    write: async (head) => {
      const beside = `${path}.${randomBytes(6).toString('hex')}`
      try {
        await writeFile(beside, `${headText(head)}\n`, { mode: 0o600, flag: 'wx' })
        await rename(beside, path)
      } catch (error) {
        await rm(beside, { force: true })
        throw error
      }
    },
  }
}
