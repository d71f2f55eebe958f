import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/**
 * A stored password hash in one of the formats that applications use: argon2 (PHC string), bcrypt (`$2a$`, `$2b$`,
 * `$2y$`), werkzeug's `scrypt:N:r:p$salt$hex` and `pbkdf2:digest:iterations$salt$hex`.
 */
export type StoredHash =
  | { readonly kind: 'argon2'; readonly variant: string; readonly memory: number; readonly time: number }
  | { readonly kind: 'bcrypt'; readonly cost: number }
  | (Salted & { readonly kind: 'scrypt'; readonly n: number; readonly r: number; readonly p: number })
  | (Salted & { readonly kind: 'pbkdf2'; readonly digest: string; readonly iterations: number })

interface Salted {
  readonly salt: string
  readonly key: Buffer
}

/** What a hash may cost: one that asks for more is not read, since it would stop the console. */
const limits = {
  argon2: { memory: 1_048_576, time: 20, lanes: 16 },
  bcrypt: 16,
  scryptBytes: 256 * 1024 * 1024,
  scryptLanes: 16,
  iterations: 5_000_000,
}

const argon2Form =
  /^\$(argon2id|argon2i|argon2d)\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,4})\$[\w+/-]{11,}\$[\w+/-]{16,}$/
const bcryptForm = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/
const scryptForm = /^scrypt:(\d{1,8}):(\d{1,4}):(\d{1,4})\$([^$]{1,200})\$([0-9a-f]{128})$/
const pbkdf2Form = /^pbkdf2:(sha1|sha256|sha512):(\d{1,9})\$([^$]{1,200})\$([0-9a-f]+)$/
const digestBytes: Readonly<Record<string, number>> = { sha1: 20, sha256: 32, sha512: 64 }

function readArgon2(text: string): StoredHash | null {
  const [, variant = '', ...numbers] = argon2Form.exec(text) ?? []
  const [memory = 0, time = 0, lanes = 0] = numbers.map(Number)
  const { argon2: most } = limits
  const affordable = memory <= most.memory && time <= most.time && lanes <= most.lanes
  return memory > 0 && time > 0 && lanes > 0 && affordable ? { kind: 'argon2', variant, memory, time } : null
}

function readBcrypt(text: string): StoredHash | null {
  const cost = Number(bcryptForm.exec(text)?.[1] ?? 0)
  return cost >= 4 && cost <= limits.bcrypt ? { kind: 'bcrypt', cost } : null
}

function readScrypt(text: string): StoredHash | null {
  const [, ...parts] = scryptForm.exec(text) ?? []
  const [n = 0, r = 0, p = 0] = parts.slice(0, 3).map(Number)
  const [salt, key] = parts.slice(3)
  if (salt === undefined || key === undefined) return null
  const powerOfTwo = n > 1 && (n & (n - 1)) === 0
  const affordable = r > 0 && p > 0 && p <= limits.scryptLanes && 128 * n * r <= limits.scryptBytes
  return powerOfTwo && affordable ? { kind: 'scrypt', n, r, p, salt, key: Buffer.from(key, 'hex') } : null
}

function readPbkdf2(text: string): StoredHash | null {
  const [, digest = '', count, salt, hex] = pbkdf2Form.exec(text) ?? []
  const iterations = Number(count ?? 0)
  if (salt === undefined || hex === undefined || iterations < 1 || iterations > limits.iterations) return null
  const key = Buffer.from(hex, 'hex')
  return hex.length === 2 * (digestBytes[digest] ?? 0)
    ? { kind: 'pbkdf2', digest, iterations, salt, key }
    : null
}

/** Reads a stored hash; null where it is none that is known, or one that would cost too much to verify. */
export function readStoredHash(text: string): StoredHash | null {
  return readArgon2(text) ?? readBcrypt(text) ?? readScrypt(text) ?? readPbkdf2(text)
}

const scryptKey = promisify<string, string, number, object, Buffer>(scrypt)
const pbkdf2Key = promisify(pbkdf2)

/** Whether the password makes this hash. Applications hash what is typed as it is, so nothing is normalised. */
export async function verifyForeign(
  text: string,
  stored: Exclude<StoredHash, { kind: 'argon2' }>,
  password: string,
): Promise<boolean> {
  switch (stored.kind) {
    case 'bcrypt': {
      const { compare } = await import('bcryptjs')
      return compare(password, text)
    }
    case 'scrypt': {
      const { n: N, r, p, salt, key } = stored
      return timingSafeEqual(
        key,
        await scryptKey(password, salt, key.length, { N, r, p, maxmem: 256 * N * r }),
      )
    }
    case 'pbkdf2': {
      const { iterations, digest, salt, key } = stored
      return timingSafeEqual(key, await pbkdf2Key(password, salt, iterations, key.length, digest))
    }
  }
}
