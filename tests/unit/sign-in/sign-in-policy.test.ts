import { describe, expect, it } from 'vitest'
import { authMethods, authProviders, type AuthMethod } from '../../../src-main/contract/app'
import {
  decideSignIn,
  type AccountFacts,
  type DirectoryAnswer,
  type EntryAnswer,
  type SignInFacts,
} from '../../../src-main/core/sign-in/sign-in-policy'

/** Everything there is to know about one try at the form; the decision finds out only what it asks for. */
interface World {
  readonly method: AuthMethod | null
  readonly way: SignInFacts['way']
  readonly blankPassword: boolean
  readonly limited: boolean
  readonly account: AccountFacts | null
  readonly hashMatches: boolean
  readonly entry: EntryAnswer
  readonly directory: DirectoryAnswer
}
type Question = 'limit' | 'account' | 'hash' | 'entry' | 'directory'

const accounts: readonly (AccountFacts | null)[] = [
  null,
  ...authProviders.flatMap((provider) =>
    [false, true].flatMap((disabled) => [false, true].map((admin) => ({ provider, disabled, admin }))),
  ),
]
const entries: readonly EntryAnswer[] = [
  { kind: 'linked' },
  { kind: 'linkable' },
  { kind: 'foreign' },
  { kind: 'none' },
  { kind: 'outage', code: 'LDAP_UNAVAILABLE' },
]
const answers: readonly DirectoryAnswer[] = [
  { kind: 'yes' },
  { kind: 'no', code: 'LDAP_USER_PASSWORD' },
  { kind: 'no', code: 'LDAP_USER_NOT_IN_REQUIRED_GROUP' },
  { kind: 'unknown' },
  { kind: 'outage', code: 'LDAP_UNAVAILABLE' },
]

/** Each list combined with every other: the whole space of one mode and way. */
function* worlds(method: World['method'], way: World['way']): Generator<World> {
  for (const account of accounts)
    for (const blankPassword of [false, true])
      for (const limited of [false, true])
        for (const hashMatches of [false, true])
          for (const entry of entries)
            for (const directory of answers)
              yield { method, way, blankPassword, limited, account, hashMatches, entry, directory }
}

function play(world: World): { end: string; asked: Question[] } {
  const answerTo: Readonly<Record<Question, Partial<SignInFacts>>> = {
    limit: { limited: world.limited },
    account: { account: world.account },
    hash: { hashMatches: world.hashMatches },
    entry: { entry: world.entry },
    directory: { directory: world.directory },
  }
  const { method, way, blankPassword } = world
  let facts: SignInFacts = { method, way, blankPassword }
  const asked: Question[] = []
  for (;;) {
    const step = decideSignIn(facts)
    if ('allow' in step) return { end: `allow ${step.allow}`, asked }
    if ('refuse' in step) return { end: step.refuse, asked }
    if (asked.includes(step.ask)) throw new Error(`${step.ask} is asked twice: ${JSON.stringify(world)}`)
    asked.push(step.ask)
    facts = { ...facts, ...answerTo[step.ask] }
  }
}

/** The policy's table, told as prose: what ends a try, and whom the password was shown to until then. */
function policy(world: World): { end: string; asked: Question[] } {
  const before: Question[] = ['account', 'limit']
  const hash = (also: Question[] = []) => [...before, 'hash' as const, ...also]
  const byDirectory = {
    yes: 'allow directory',
    no: 'code' in world.directory ? world.directory.code : '',
    unknown: 'LDAP_USER_NOT_FOUND',
    outage: 'LDAP_UNAVAILABLE',
  }[world.directory.kind]

  // "a blank password is refused before any network traffic"; `oidc` has no form at all.
  if (world.way === 'form' && (world.method === 'oidc' || world.method === null))
    return { end: 'METHOD_NOT_OFFERED', asked: [] }
  const needsPassword = world.way === 'break-glass' || world.method !== 'none'
  if (world.blankPassword && needsPassword) return { end: 'SIGN_IN_REFUSED', asked: [] }
  if (world.limited) return { end: 'RATE_LIMITED', asked: before }
  // "Disabled accounts are refused before anything is written"
  if (world.account?.disabled) return { end: 'ACCOUNT_DISABLED', asked: before }

  // "lets local admins sign in whatever the mode (others: METHOD_NOT_ALLOWED)"
  if (world.way === 'break-glass') {
    if (!world.account) return { end: 'SIGN_IN_REFUSED', asked: before }
    if (world.account.provider !== 'local' || !world.account.admin)
      return { end: 'METHOD_NOT_ALLOWED', asked: before }
    return { end: world.hashMatches ? 'allow account' : 'SIGN_IN_REFUSED', asked: hash() }
  }
  switch (world.method) {
    case 'none':
      return { end: world.account ? 'allow unverified' : 'SIGN_IN_REFUSED', asked: before }
    case 'local':
    case 'both':
      if (!world.account) return { end: 'SIGN_IN_REFUSED', asked: before }
      if (world.account.provider !== 'local') return { end: 'METHOD_NOT_ALLOWED', asked: before }
      return { end: world.hashMatches ? 'allow account' : 'SIGN_IN_REFUSED', asked: hash() }
    case 'ldap':
      return { end: byDirectory, asked: [...before, 'directory'] }
    case 'all':
      if (!world.account || world.account.provider === 'ldap')
        return { end: byDirectory, asked: [...before, 'directory'] }
      if (world.account.provider === 'oidc') return { end: 'METHOD_NOT_ALLOWED', asked: before }
      if (world.hashMatches) return { end: 'allow account', asked: hash() }
      return {
        linked: { end: byDirectory, asked: hash(['entry', 'directory']) },
        linkable: { end: byDirectory, asked: hash(['entry', 'directory']) },
        foreign: { end: 'LDAP_IDENTITY_NOT_LINKED', asked: hash(['entry']) },
        none: { end: 'SIGN_IN_REFUSED', asked: hash(['entry']) },
        // "an outage is its own answer, never 'wrong password'"
        outage: { end: 'LDAP_UNAVAILABLE', asked: hash(['entry']) },
      }[world.entry.kind]
    case 'oidc':
    case null:
      throw new Error('no such mode')
  }
}

const rows = [...authMethods, null].flatMap((method) =>
  (['form', 'break-glass'] as const).map((way) => ({ method, way })),
)

describe('sign-in', () => {
  it.each(rows)('by $way in mode $method is what the policy says', ({ method, way }) => {
    let seen = 0
    for (const world of worlds(method, way)) {
      const { end, asked } = play(world)
      expect({ world, end, asked }).toEqual({ world, ...policy(world) })
      seen += 1
    }
    expect(seen).toBe(13 * 2 * 2 * 2 * 5 * 5)
  })

  it('asks the directory only where a password may go there', () => {
    for (const { method, way } of rows) {
      for (const world of worlds(method, way)) {
        const { asked } = play(world)
        if (!asked.includes('directory') && !asked.includes('entry')) continue
        expect(world.way).toBe('form')
        expect(['ldap', 'all']).toContain(world.method)
        expect([world.blankPassword, world.limited, world.account?.disabled ?? false]).toEqual([
          false,
          false,
          false,
        ])
        if (world.method === 'all') expect(world.account?.provider).not.toBe('oidc')
      }
    }
  })

  it('never lets an account in that is disabled, limited, or without a right password', () => {
    for (const { method, way } of rows) {
      for (const world of worlds(method, way)) {
        const { end } = play(world)
        if (!end.startsWith('allow')) continue
        expect(world.limited || world.account?.disabled === true).toBe(false)
        if (end === 'allow account')
          expect(world.hashMatches && world.account?.provider === 'local').toBe(true)
        if (end === 'allow directory') expect(world.directory.kind).toBe('yes')
        if (end === 'allow unverified') expect(world.method).toBe('none')
      }
    }
  })

  it('never verifies a stored hash for an account that is not local', () => {
    for (const { method, way } of rows) {
      for (const world of worlds(method, way)) {
        if (play(world).asked.includes('hash')) expect(world.account?.provider).toBe('local')
      }
    }
  })
})
