import { hash, verify, type Options } from '@node-rs/argon2'
import { readStoredHash, verifyForeign } from './stored-hash'

/** OWASP's floor for argon2id (the library's own algorithm): 19 MiB, two passes, one lane. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const satisfies Options

/** A hash of a password that nobody has; it makes an unknown name cost what a known one costs. */
const dummy =
  '$argon2id$v=19$m=19456,t=2,p=1$PfHuPAuDavXFKt+5x6SuAA$smV51fFYqgt2QaJP6XuP4WtA8V4K+z6axKO3cdfZ7b8'

export interface PasswordHasher {
  readonly hash: (password: string) => Promise<string>
  /**
   * Whether the password makes the stored hash, in any format that is known. A no always costs one argon2
   * verification: of a dummy where there is no hash, or one of another kind.
   */
  readonly verify: (stored: string | null, password: string) => Promise<boolean>
  /** Whether a password that was just verified should be hashed anew: another format, or cheaper than ours. */
  readonly isOutdated: (stored: string) => boolean
}

async function verifyStored(stored: string | null, password: string): Promise<boolean> {
  const read = stored === null ? null : readStoredHash(stored)
  if (stored !== null && read?.kind === 'argon2') {
    return verify(stored, password.normalize('NFC'))
  }
  if (stored !== null && read && read.kind !== 'argon2' && (await verifyForeign(stored, read, password)))
    return true
  await verify(dummy, password)
  return false
}

/** argon2id over the NFC form, at least as dear as OWASP's Password Storage Cheat Sheet asks. */
export function createPasswordHasher(): PasswordHasher {
  return {
    hash: (password) => hash(password.normalize('NFC'), options),
    verify: verifyStored,
    isOutdated: (stored) => {
      const read = readStoredHash(stored)
      if (read?.kind !== 'argon2' || read.variant !== 'argon2id') return true
      return read.memory < options.memoryCost || read.time < options.timeCost
    },
  }
}
