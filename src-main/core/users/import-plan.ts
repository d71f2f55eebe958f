import { z } from 'zod'
import { authProviders, type AuthProvider } from '../../contract/app'
import type { Code } from '../../contract/errors'
import { roles, type Role } from '../../contract/permissions'
import type { ImportProblem, ImportRow } from '../../contract/accounts-import'
import { readStoredHash } from '../sign-in/stored-hash'
import { foldName } from './folded-name'
import type { ImportColumn, RawRow } from './import-file'

/** What the database says about the names and addresses of the file, folded. */
export interface Existing {
  readonly names: ReadonlyMap<string, 'taken' | 'reserved'>
  readonly emails: ReadonlySet<string>
}

/** What an accepted row makes. */
export interface ImportAccount {
  readonly username: string
  readonly email: string | null
  readonly fullName: string | null
  readonly authProvider: AuthProvider
  readonly role: Role
  readonly disabled: boolean
  readonly mustChangePassword: boolean
  readonly passwordHash: string | null
}

export interface PlannedRow extends ImportRow {
  readonly account: ImportAccount | null
}

const states = ['enabled', 'disabled', 'must-change-password'] as const
const email = z.email().max(200)

interface Refusal {
  readonly field: ImportColumn
  readonly problem: ImportProblem
  readonly code?: Code
}

/** Empty is the default; anything else must be one of the list, in any case. */
function oneOf<T extends string>(value: string, list: readonly T[], fallback: T): T | null {
  return value === '' ? fallback : (list.find((each) => each === value.toLowerCase()) ?? null)
}

function nameRefusal(username: string): Refusal | null {
  if (username === '') return { field: 'username', problem: 'missing' }
  if (username.length > 200) return { field: 'username', problem: 'too-long' }
  return /[\p{Cc}\p{Cf}]/u.test(username) ? { field: 'username', problem: 'not-plain' } : null
}

function hashRefusal(hash: string, provider: AuthProvider): Refusal | null {
  if (hash === '') return null
  if (provider !== 'local')
    return { field: 'password_hash', problem: 'hash-not-local', code: 'PASSWORD_NOT_LOCAL' }
  return readStoredHash(hash) ? null : { field: 'password_hash', problem: 'hash-format' }
}

/** Reads the values of a row; the first thing that is wrong refuses it. */
function readAccount({ values }: RawRow): ImportAccount | Refusal {
  const badName = nameRefusal(values.username)
  if (badName) return badName
  if (values.email !== '' && !email.safeParse(values.email).success)
    return { field: 'email', problem: 'not-email' }
  if (values.full_name.length > 200) return { field: 'full_name', problem: 'too-long' }
  const authProvider = oneOf(values.auth_provider, authProviders, 'local')
  if (!authProvider) return { field: 'auth_provider', problem: 'not-known' }
  const role = oneOf(values.role, roles, 'user')
  if (!role) return { field: 'role', problem: 'not-known' }
  const state = oneOf(values.state, states, 'enabled')
  if (!state) return { field: 'state', problem: 'not-known' }
  const badHash = hashRefusal(values.password_hash, authProvider)
  if (badHash) return badHash
  return {
    username: values.username,
    email: values.email === '' ? null : values.email,
    fullName: values.full_name === '' ? null : values.full_name,
    ...{ authProvider, role, disabled: state === 'disabled' },
    mustChangePassword: state === 'must-change-password' && authProvider === 'local',
    passwordHash: values.password_hash === '' ? null : values.password_hash,
  }
}

/** What is to be known about an account that nobody can sign in to yet. */
function noteOf({ authProvider, passwordHash }: ImportAccount): ImportProblem | null {
  if (authProvider !== 'local') return 'awaits-identity'
  return passwordHash === null ? 'no-password' : null
}

/** Each name and each address once: an earlier row of the file counts like an account. */
function createTaken({ names, emails }: Existing) {
  const [seenNames, seenEmails] = [new Set<string>(), new Set<string>()]
  return (account: ImportAccount): (Refusal & { action: 'skip' | 'refuse' }) | null => {
    const name = foldName(account.username)
    const known = names.get(name)
    if (known === 'taken')
      return { action: 'skip', field: 'username', problem: 'name-taken', code: 'NAME_TAKEN' }
    if (known) return { action: 'refuse', field: 'username', problem: 'name-reserved', code: 'NAME_RESERVED' }
    if (seenNames.has(name))
      return { action: 'refuse', field: 'username', problem: 'twice-in-file', code: 'NAME_TAKEN' }
    const address = account.email === null ? null : foldName(account.email)
    if (address !== null && (emails.has(address) || seenEmails.has(address)))
      return { action: 'refuse', field: 'email', problem: 'email-taken', code: 'CONFLICT' }
    seenNames.add(name)
    if (address !== null) seenEmails.add(address)
    return null
  }
}

/** Says for each row what an import would do, and why not. */
export function planImport(rows: readonly RawRow[], existing: Existing): readonly PlannedRow[] {
  const taken = createTaken(existing)
  return rows.map((row) => {
    const { line } = row
    const { username } = row.values
    const read = readAccount(row)
    if ('problem' in read) {
      const { field, problem, code = 'INVALID_INPUT' } = read
      return { line, username, action: 'refuse', code, field, problem, account: null }
    }
    const refused = taken(read)
    if (refused) {
      const { action, code = null, field, problem } = refused
      return { line, username, action, code, field, problem, account: null }
    }
    return { line, username, action: 'create', code: null, field: null, problem: noteOf(read), account: read }
  })
}
