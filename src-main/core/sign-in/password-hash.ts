import { hash, verify, type Options } from '@node-rs/argon2'

/** OWASP's floor for argon2id (the library's own algorithm): 19 MiB, two passes, one lane. */
const options: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** A hash of a password that nobody has; it makes an unknown name cost what a known one costs. */
const dummy =
  '$argon2id$v=19$m=19456,t=2,p=1$PfHuPAuDavXFKt+5x6SuAA$smV51fFYqgt2QaJP6XuP4WtA8V4K+z6axKO3cdfZ7b8'

export interface PasswordHasher {
  readonly hash: (password: string) => Promise<string>
  /** One verification, always: of a dummy where there is no hash, whose answer is no. */
  readonly verify: (stored: string | null, password: string) => Promise<boolean>
}

/** argon2id over the NFC form, at least as dear as OWASP's Password Storage Cheat Sheet asks. */
export function createPasswordHasher(): PasswordHasher {
  return {
    hash: (password) => hash(password.normalize('NFC'), options),
    verify: async (stored, password) => {
      const matches = await verify(stored ?? dummy, password.normalize('NFC'))
      return stored !== null && matches
    },
  }
}
