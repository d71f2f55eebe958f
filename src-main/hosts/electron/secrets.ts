import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { safeStorage } from 'electron'
import { z } from 'zod'
import type { SecretStore } from '../../core/app/ports'

const fileSchema = z.record(z.string(), z.string())

interface Cipher {
  readonly available: () => Promise<boolean>
  readonly encrypt: (text: string) => Promise<Buffer>
  readonly decrypt: (stored: Buffer) => Promise<string>
}

/** What `safeStorage` was before it became asynchronous; the development runtime has only this. */
interface OlderSafeStorage {
  readonly isEncryptionAvailable: () => boolean
  readonly encryptString: (text: string) => Buffer
  readonly decryptString: (stored: Buffer) => string
}

function cipher(): Cipher {
  if (Reflect.has(safeStorage, 'encryptStringAsync')) {
    return {
      available: () => safeStorage.isAsyncEncryptionAvailable(),
      encrypt: (text) => safeStorage.encryptStringAsync(text),
      decrypt: async (stored) => (await safeStorage.decryptStringAsync(stored)).result,
    }
  }
  const older: OlderSafeStorage = safeStorage
  return {
    available: () => Promise.resolve(older.isEncryptionAvailable()),
    encrypt: (text) => Promise.resolve(older.encryptString(text)),
    decrypt: (stored) => Promise.resolve(older.decryptString(stored)),
  }
}

/** On Linux without a key store the backend is `basic_text`, which is no encryption. */
function isPlainText(): boolean {
  return process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
}

function read(file: string): Record<string, string> {
  return existsSync(file) ? fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
}

function write(file: string, values: Readonly<Record<string, string>>): void {
  writeFileSync(`${file}.new`, JSON.stringify(values), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function inMemory(): SecretStore {
  const memory = new Map<string, string>()
  return {
    kind: 'memory',
    get: (key) => Promise.resolve(memory.get(key) ?? null),
    set: (key, value) => Promise.resolve(void memory.set(key, value)),
    remove: (key) => Promise.resolve(void memory.delete(key)),
  }
}

/** Secrets under the operating system's key store; in memory only where there is none. */
export async function createSecretStore(file: string): Promise<SecretStore> {
  const { available, encrypt, decrypt } = cipher()
  if (isPlainText() || !(await available())) return inMemory()
  return {
    kind: 'encrypted',
    get: async (key) => {
      const stored = read(file)[key]
      return stored === undefined ? null : decrypt(Buffer.from(stored, 'base64'))
    },
    set: async (key, value) => {
      const encrypted = await encrypt(value)
      write(file, { ...read(file), [key]: encrypted.toString('base64') })
    },
    remove: (key) => {
      const kept = Object.entries(read(file)).filter(([name]) => name !== key)
      write(file, Object.fromEntries(kept))
      return Promise.resolve()
    },
  }
}
