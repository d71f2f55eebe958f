import { safeStorage } from 'electron'
import type { SecretStore } from '../../core/app/ports'
import { dropSecret, readSecretFile, writeSecretFile } from '../../core/app/secret-file'

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
      const stored = readSecretFile(file)[key]
      return stored === undefined ? null : decrypt(Buffer.from(stored, 'base64'))
    },
    set: async (key, value) => {
      const encrypted = await encrypt(value)
      writeSecretFile(file, { ...readSecretFile(file), [key]: encrypted.toString('base64') })
    },
    remove: (key) => {
      dropSecret(file, key)
      return Promise.resolve()
    },
  }
}
