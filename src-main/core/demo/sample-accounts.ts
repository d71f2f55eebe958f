import type { AuthProvider } from '../../contract/app'
import type { Role } from '../../contract/permissions'
import type { AccountState } from '../../contract/users'
import { sampleName, type SampleName } from './sample-names'
import { createSeededRandom, type SeededRandom } from './seeded-random'

export const sampleProviders = {
  id: {
    slug: 'example-id',
    name: 'Example ID',
    issuer: 'https://id.example.org',
    clientId: 'authdesk-sample',
  },
  partner: {
    slug: 'partner',
    name: 'Partner Login',
    issuer: 'https://login.partner.example',
    clientId: 'authdesk-partner',
  },
} as const

/** The directory of the sample people: the naming context that is an LDAP identity's issuer. */
export const sampleDirectoryName = 'dc=example,dc=org'
export const sampleAdminName = 'mira.okafor'
/** A person of the sample directory for whom the whole LDAP test passes. */
export const samplePersonName = 'ada.brandt'

export interface SampleIdentity {
  readonly kind: 'oidc' | 'ldap'
  readonly issuer: string
  readonly subject: string
  readonly slug: string | null
}

/** One sample account; times are hours before the start of the demo. */
export interface SampleAccount {
  readonly username: string
  readonly name: SampleName
  readonly email: string | null
  readonly fullName: string | null
  readonly provider: AuthProvider
  readonly role: Role
  readonly state: AccountState
  readonly passwordHash: string | null
  readonly identities: readonly SampleIdentity[]
  readonly createdHoursAgo: number
  readonly lastSignInHoursAgo: number | null
}

const size = 250
const fixedAccounts = 2
const day = 24

type Kind = Pick<SampleAccount, 'provider' | 'role' | 'state'>

const offices = ['local', 'local', 'oidc', 'oidc', 'oidc', 'ldap', 'ldap'] as const
const consoleRoles = ['helpdesk', 'auditor'] as const
const rareStates = ['disabled', 'disabled', 'pending-link'] as const

function officeKind(random: SeededRandom): Kind {
  const provider = random.pick(offices)
  const role = random.below(30) === 0 ? random.pick(consoleRoles) : 'user'
  if (provider === 'local' && random.below(9) === 0) return { provider, role, state: 'must-change-password' }
  return { provider, role, state: random.below(9) === 0 ? random.pick(rareStates) : 'enabled' }
}

/** First one of every sort, so that none is missing; the rest as in an office: mostly enabled people. */
function kinds(random: SeededRandom): readonly Kind[] {
  const every: Kind[] = []
  for (const provider of ['local', 'oidc', 'ldap'] as const) {
    for (const role of ['admin', 'helpdesk', 'auditor', 'user'] as const) {
      for (const state of [
        'enabled',
        'disabled',
        'locked',
        'must-change-password',
        'pending-link',
      ] as const) {
        const never = provider !== 'local' && state === 'must-change-password'
        const rare = role !== 'user' && state !== 'enabled' && random.below(3) > 0
        if (!never && !rare) every.push({ provider, role, state })
      }
    }
  }
  const people = Array.from({ length: size - fixedAccounts - every.length }, () => officeKind(random))
  return [...every, ...people]
}

/** In the form of a hash, but nobody knows a password that would fit. */
function unknownPasswordHash(random: SeededRandom): string {
  const text = (bytes: number) =>
    Buffer.from(random.hex(bytes * 2), 'hex')
      .toString('base64')
      .replaceAll('=', '')
  return `$argon2id$v=19$m=19456,t=2,p=1$${text(16)}$${text(32)}`
}

function oidcIdentity(random: SeededRandom): SampleIdentity {
  const { issuer, slug } = random.below(4) === 0 ? sampleProviders.partner : sampleProviders.id
  return { kind: 'oidc', issuer, slug, subject: random.hex(24) }
}

/** Some were prepared for people who have not come yet, some local people have linked a provider as well. */
function identities(kind: Kind, random: SeededRandom): readonly SampleIdentity[] {
  const awaited = kind.role === 'user' && kind.state === 'enabled' && random.below(12) === 0
  if (awaited) return []
  if (kind.provider === 'oidc') return [oidcIdentity(random)]
  if (kind.provider === 'local') return random.below(8) === 0 ? [oidcIdentity(random)] : []
  return [{ kind: 'ldap', issuer: sampleDirectoryName, subject: random.uuid(), slug: null }]
}

function account(
  kind: Kind,
  who: { name: SampleName; username: string },
  random: SeededRandom,
): SampleAccount {
  const { name, username } = who
  const linked = identities(kind, random)
  const createdHoursAgo = day * (3 + random.below(900)) + random.below(day)
  const came = kind.provider === 'local' ? random.below(9) > 0 : linked.length > 0
  const recently = random.below(random.below(3) > 0 ? 3 * day : createdHoursAgo) + random.below(60) / 60
  const isPartner = linked.some(({ slug }) => slug === sampleProviders.partner.slug)
  const address = `${username}@${isPartner ? 'partner.example.org' : 'example.org'}`
  return {
    ...kind,
    ...{ username, name, identities: linked, createdHoursAgo },
    email: kind.provider === 'local' && random.below(15) === 0 ? null : address,
    fullName: random.below(25) === 0 ? null : name.full,
    passwordHash: kind.provider === 'local' ? unknownPasswordHash(random) : null,
    lastSignInHoursAgo: came ? Math.min(recently, createdHoursAgo - 1) : null,
  }
}

function fixed(random: SeededRandom): readonly SampleAccount[] {
  const mira = { given: 'Mira', family: 'Okafor', full: 'Mira Okafor', plain: sampleAdminName }
  const ada = { given: 'Ada', family: 'Brandt', full: 'Ada Brandt', plain: samplePersonName }
  const admin: Kind = { provider: 'local', role: 'admin', state: 'enabled' }
  const person: Kind = { provider: 'ldap', role: 'user', state: 'enabled' }
  const known: SampleIdentity = {
    kind: 'ldap',
    issuer: sampleDirectoryName,
    subject: random.uuid(),
    slug: null,
  }
  return [
    {
      ...account(admin, { name: mira, username: sampleAdminName }, random),
      ...{ email: `${sampleAdminName}@example.org`, fullName: mira.full, identities: [] },
      ...{ createdHoursAgo: 1100 * day, lastSignInHoursAgo: 15 },
    },
    {
      ...account(person, { name: ada, username: samplePersonName }, random),
      ...{ email: `${samplePersonName}@example.org`, fullName: ada.full, identities: [known] },
      ...{ createdHoursAgo: 400 * day, lastSignInHoursAgo: 2 },
    },
  ]
}

/** Namesakes happen, but not at every other desk. */
function freshName(random: SeededRandom, taken: ReadonlySet<string>): SampleName {
  let name = sampleName(random)
  for (let tries = 0; taken.has(name.plain) && (tries < 8 || taken.has(`${name.plain}-2`)); tries += 1) {
    name = sampleName(random)
  }
  return name
}

/** The 250 sample accounts of every provider, role and state, the same at every start. */
export function sampleAccounts(): readonly SampleAccount[] {
  const random = createSeededRandom(20_250_301)
  const accounts: SampleAccount[] = [...fixed(random)]
  const taken = new Set(accounts.map(({ username }) => username))
  for (const kind of kinds(random)) {
    const name = freshName(random, taken)
    const username = taken.has(name.plain) ? `${name.plain}-2` : name.plain
    taken.add(username)
    accounts.push(account(kind, { name, username }, random))
  }
  return accounts
}
