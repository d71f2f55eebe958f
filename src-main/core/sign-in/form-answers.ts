import { AppError } from '../../contract/errors'
import type { Clock, Directory, DirectoryPerson, LdapSettings, Settings, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { Account } from '../users/account'
import { accountFacts } from './account-facts'
import { findOwner, type Vouched } from './admission'
import { attemptKey, countedAccount, waitUntil, type Tried } from './attempts'
import type { PasswordHasher } from './password-hash'
import type { DirectoryAnswer, EntryAnswer, SignInFacts, SignInQuestion } from './sign-in-policy'

export interface FormDeps {
  readonly rooms: () => Promise<Rooms>
  readonly directory: (settings: LdapSettings) => Promise<Directory>
  readonly hasher: PasswordHasher
  readonly clock: Clock
}

export interface FormInput {
  readonly username: string
  readonly password: string
  readonly way: 'form' | 'break-glass'
}

/** One try at the form: what was typed, and what the questions have brought to light so far. */
export interface FormTry {
  readonly input: FormInput
  readonly settings: Settings
  readonly signal: AbortSignal
  account: Account | null
  /** Whose counter the try is for: `DESK\\ada` has no account of its own, but tries ada's password. */
  counted: Account | null
  person: DirectoryPerson | null
  /** Whose entry was looked up without the password. */
  found: DirectoryPerson | null
  until: Date | null
  /** Why the directory could not answer. */
  outage: AppError | null
  hashed: boolean
  /** The password in our own format, where it was right and its stored hash is another application's. */
  renewed: string | null
  asked: boolean
  /** The directory has been sent the password. */
  sent: boolean
}

/** A directory's person in the words of admission; its e-mail counts as verified only where people cannot edit it. */
export function vouchedByDirectory(person: DirectoryPerson, settings: LdapSettings): Vouched {
  return {
    identity: {
      kind: 'ldap',
      issuer: person.directory,
      subject: person.entryId,
      slug: null,
      email: person.email,
      name: person.fullName,
      picture: null,
      claims: Object.fromEntries(
        Object.entries(person.attributes).map(([name, values]) => [name, [...values]]),
      ),
    },
    username: person.username,
    login: person.username,
    fullName: person.fullName,
    email: person.email,
    emailVerified: settings.emailTrusted,
    roles: person.roles,
    roleSource: 'ldap',
    roleSync: 'sync',
    firstRoles: [],
    autoProvision: true,
  }
}

export function triedBy(form: FormTry): Tried {
  const provider = form.account?.authProvider ?? (form.asked ? 'ldap' : 'local')
  const { counted, input } = form
  return { key: attemptKey(input.username, counted), account: counted, provider, slug: null }
}

/** What is the person's own doing is a no; everything else is an outage, never "wrong password". */
function directoryNo(form: FormTry, error: unknown): Exclude<DirectoryAnswer, { kind: 'yes' }> {
  if (!(error instanceof AppError) || error.code === 'CANCELLED') throw error
  if (error.code === 'LDAP_USER_NOT_FOUND') return { kind: 'unknown' }
  if (error.code.startsWith('LDAP_USER_')) return { kind: 'no', code: error.code }
  form.outage = error
  return { kind: 'outage', code: 'LDAP_UNAVAILABLE' }
}

async function askDirectory(deps: FormDeps, form: FormTry): Promise<DirectoryAnswer> {
  form.asked = true
  try {
    const directory = await deps.directory(form.settings.ldap)
    const { username, password } = form.input
    const onSent = () => void (form.sent = true)
    form.person = await directory.signIn({ username, password, onSent }, form.signal)
    return { kind: 'yes' }
  } catch (error) {
    return directoryNo(form, error)
  }
}

/** Whose the directory's entry is, as far as this account is concerned. */
export async function ownerOf(
  deps: Pick<FormDeps, 'rooms'>,
  form: Pick<FormTry, 'settings' | 'account'>,
  person: DirectoryPerson,
): Promise<EntryAnswer> {
  const rooms = await deps.rooms()
  const vouched = vouchedByDirectory(person, form.settings.ldap)
  const decision = await rooms.transaction((tx: Tx) => findOwner(rooms, vouched, tx))
  if (decision.kind === 'known') return { kind: 'linked' }
  const own = 'accountId' in decision && decision.accountId === form.account?.id
  return { kind: own && decision.kind !== 'pending' ? 'linkable' : 'foreign' }
}

async function askEntry(deps: FormDeps, form: FormTry): Promise<EntryAnswer> {
  form.asked = true
  try {
    const directory = await deps.directory(form.settings.ldap)
    form.found = await directory.lookUp(form.input.username, form.signal)
    return await ownerOf(deps, form, form.found)
  } catch (error) {
    const no = directoryNo(form, error)
    return no.kind === 'outage' ? no : { kind: 'none' }
  }
}

async function askAccount(deps: FormDeps, form: FormTry): Promise<Partial<SignInFacts>> {
  const { users } = await deps.rooms()
  form.account = await users.byName(form.input.username)
  form.counted = form.account ?? (await countedAccount(users, form.input.username))
  if (!form.account) return { account: null }
  return { account: accountFacts(form.account) }
}

async function askHash({ hasher }: FormDeps, form: FormTry): Promise<Partial<SignInFacts>> {
  form.hashed = true
  const stored = form.account?.passwordHash ?? null
  const { password } = form.input
  const hashMatches = await hasher.verify(stored, password)
  if (hashMatches && stored !== null && hasher.isOutdated(stored)) form.renewed = await hasher.hash(password)
  return { hashMatches }
}

/** Finds out one fact. */
export async function answer(
  deps: FormDeps,
  form: FormTry,
  question: SignInQuestion,
): Promise<Partial<SignInFacts>> {
  switch (question) {
    case 'account':
      return askAccount(deps, form)
    case 'limit':
      form.until = await waitUntil(await deps.rooms(), triedBy(form), deps.clock)
      return { limited: form.until !== null }
    case 'hash':
      return askHash(deps, form)
    case 'entry':
      return { entry: await askEntry(deps, form) }
    case 'directory':
      return { directory: await askDirectory(deps, form) }
  }
}
