import { hash, verify, type Options } from '@node-rs/argon2'
import { readStoredHash, verifyForeign } from './stored-hash'

/** What an argon2id hash costs; `dummy` is a hash of a password that nobody has, at the same cost. */
export interface PasswordCost extends Required<Pick<Options, 'memoryCost' | 'timeCost' | 'parallelism'>> {
  readonly dummy: string
}

/** RFC 9106 §4, the second recommended option: 64 MiB and three passes; one lane, as OWASP has it. */
export const standardCost: PasswordCost = {
  ...{ memoryCost: 65_536, timeCost: 3, parallelism: 1 },
  dummy: '$argon2id$v=19$m=65536,t=3,p=1$fidtAJy7l63gmg0IRHFjgg$nr538D1U+WjkJOZsoNxiySjGQOW20u7WkXt9slK5dqQ',
}

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
export const leastCost: PasswordCost = {
  ...{ memoryCost: 19_456, timeCost: 2, parallelism: 1 },
  dummy: '$argon2id$v=19$m=19456,t=2,p=1$PfHuPAuDavXFKt+5x6SuAA$smV51fFYqgt2QaJP6XuP4WtA8V4K+z6axKO3cdfZ7b8',
}

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

async function verifyStored(stored: string | null, password: string, dummy: string): Promise<boolean> {
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
export function createPasswordHasher({ dummy, ...cost }: PasswordCost = standardCost): PasswordHasher {
  return {
    hash: (password) => hash(password.normalize('NFC'), cost),
    verify: (stored, password) => verifyStored(stored, password, dummy),
    isOutdated: (stored) => {
      const read = readStoredHash(stored)
      if (read?.kind !== 'argon2' || read.variant !== 'argon2id') return true
      return read.memory < cost.memoryCost || read.time < cost.timeCost
    },
  }
}
