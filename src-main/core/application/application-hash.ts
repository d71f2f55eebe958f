import { pbkdf2, randomInt, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '../../contract/errors'
import { readStoredHash, type StoredHash } from '../sign-in/stored-hash'
import type { HashFormat } from './hand-mapping'

const saltCharacters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const saltLength = 16
/** bcrypt reads no further. */
const bcryptBytes = 72
const standard = {
  scrypt: { n: 32_768, r: 8, p: 1 },
  bcryptCost: { 'bcrypt-2a': 11, 'bcrypt-2b': 10 },
  bytes: { sha1: 20, sha256: 32, sha512: 64 },
} as const

const scryptKey = promisify<string, string, number, object, Buffer>(scrypt)
const pbkdf2Key = promisify(pbkdf2)

const newSalt = () =>
  Array.from({ length: saltLength }, () => saltCharacters[randomInt(saltCharacters.length)]).join('')

async function scryptHash(
  password: string,
  { n, r, p }: { n: number; r: number; p: number },
): Promise<string> {
  const salt = newSalt()
  const key = await scryptKey(password, salt, 64, { N: n, r, p, maxmem: 256 * n * r })
  return `scrypt:${n}:${r}:${p}$${salt}$${key.toString('hex')}`
}

async function pbkdf2Hash(
  password: string,
  { digest, iterations }: Extract<StoredHash, { kind: 'pbkdf2' }>,
): Promise<string> {
  const salt = newSalt()
  const bytes = standard.bytes[digest as keyof typeof standard.bytes]
  const key = await pbkdf2Key(password, salt, iterations, bytes, digest)
  return `pbkdf2:${digest}:${iterations}$${salt}$${key.toString('hex')}`
}

type Kind<K extends StoredHash['kind']> = Extract<StoredHash, { kind: K }>
const ofKind = <K extends StoredHash['kind']>(found: readonly StoredHash[], kind: K): Kind<K>[] =>
  found.filter((each): each is Kind<K> => each.kind === kind)

/** scrypt where any account has it; PBKDF2 only where an older release wrote nothing else. */
function werkzeugHash(password: string, inUse: readonly StoredHash[]): Promise<string> {
  const [newest] = ofKind(inUse, 'scrypt')
  const [older] = ofKind(inUse, 'pbkdf2').toSorted((a, b) => b.iterations - a.iterations)
  if (newest) return scryptHash(password, newest)
  return older ? pbkdf2Hash(password, older) : scryptHash(password, standard.scrypt)
}

async function bcryptHash(
  password: string,
  format: 'bcrypt-2a' | 'bcrypt-2b',
  inUse: readonly StoredHash[],
): Promise<string> {
  if (Buffer.byteLength(password) > bcryptBytes)
    throw new AppError('PASSWORD_WEAK', { text: 'passwordLong', details: { maximum: bcryptBytes } })
  const { hash } = await import('bcryptjs')
  const [newest] = ofKind(inUse, 'bcrypt')
  const written = await hash(password, newest?.cost ?? standard.bcryptCost[format])
  return written.replace(/^\$2[aby]\$/, format === 'bcrypt-2a' ? '$2a$' : '$2b$')
}

/**
 * A hash as the application itself would write it: in its format, with the parameters of the hashes that are in use
 * (newest first), or its defaults where there are none.
 */
export function applicationHash(
  password: string,
  { format, inUse }: { format: HashFormat; inUse: readonly string[] },
): Promise<string> {
  const read = inUse.flatMap((text) => readStoredHash(text) ?? [])
  return format === 'werkzeug' ? werkzeugHash(password, read) : bcryptHash(password, format, read)
}

/** `scrypt 32768:8:1`: what a hash is, without the hash. */
export function formatOf(text: string | null): string | null {
  if (text === null || text === '') return null
  const stored = readStoredHash(text)
  switch (stored?.kind) {
    case undefined:
      return 'not known'
    case 'scrypt':
      return `scrypt ${stored.n}:${stored.r}:${stored.p}`
    case 'pbkdf2':
      return `pbkdf2 ${stored.digest}:${stored.iterations}`
    case 'bcrypt':
      return `bcrypt ${stored.cost}`
    case 'argon2':
      return stored.variant
  }
}
