import { describe, expect, it } from 'vitest'
import { authProviders } from '../../../src-main/contract/app'
import { roles } from '../../../src-main/contract/permissions'
import { accountStates, userSchema } from '../../../src-main/contract/users'
import {
  sampleAccounts,
  sampleAdminName,
  samplePersonName,
} from '../../../src-main/core/demo/sample-accounts'
import { sampleDirectoryLdif } from '../../../src-main/core/demo/sample-directory'

const accounts = sampleAccounts()
const of = <K extends keyof (typeof accounts)[number]>(key: K) =>
  new Set(accounts.map((account) => account[key]))

describe('the sample accounts', () => {
  it('are 250, the same at every start, and no two have one name or identity', () => {
    expect(accounts).toHaveLength(250)
    expect(sampleAccounts()).toEqual(accounts)
    expect(of('username').size).toBe(250)
    const identities = accounts.flatMap((account) => account.identities)
    expect(new Set(identities.map(({ issuer, subject }) => `${issuer} ${subject}`)).size).toBe(
      identities.length,
    )
  })

  it('are of every provider, role and state, each provider with each role', () => {
    expect([...of('provider')].sort()).toEqual([...authProviders].sort())
    expect([...of('state')].sort()).toEqual([...accountStates].sort())
    const pairs = new Set(accounts.map(({ provider, role }) => `${provider} ${role}`))
    expect(pairs.size).toBe(authProviders.length * roles.length)
  })

  it('have names from many places', () => {
    const all = accounts.map(({ fullName }) => fullName ?? '')
    for (const letters of [
      /[äöüß]/,
      /[øåé]/,
      /\p{Script=Han}/u,
      /\p{Script=Hiragana}/u,
      /\p{Script=Hangul}/u,
      /\p{Script=Cyrillic}/u,
      /\p{Script=Arabic}/u,
      /.{30}/,
    ]) {
      expect(all.some((name) => letters.test(name))).toBe(true)
    }
    expect(accounts.some(({ fullName }) => fullName === null)).toBe(true)
    expect(accounts.some(({ email }) => email === null)).toBe(true)
  })

  it('are reachable only at example domains', () => {
    for (const { email, username } of accounts) {
      expect(username).toMatch(/^[a-z]+\.[a-z]+(-2)?$/)
      if (email === null) continue
      expect(email).toMatch(/@(partner\.)?example\.org$/)
    }
    expect(userSchema.shape.username.parse(sampleAdminName)).toBe('mira.okafor')
  })

  it('have a password only where they are local, and one that nobody knows', () => {
    for (const { provider, passwordHash } of accounts) {
      if (provider === 'local')
        expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
      else expect(passwordHash).toBeNull()
    }
  })

  it('have never come in before they were made', () => {
    for (const { createdHoursAgo, lastSignInHoursAgo } of accounts) {
      expect(lastSignInHoursAgo ?? 0).toBeLessThan(createdHoursAgo)
    }
  })
})

describe('the sample directory', () => {
  const ldif = sampleDirectoryLdif(accounts)

  it('is the same at every start and holds no secret', () => {
    expect(sampleDirectoryLdif(sampleAccounts())).toBe(ldif)
    expect(ldif).not.toMatch(/userPassword|pwdHistory|sambaNT/i)
  })

  it('is plain ASCII, as RFC 2849 wants it', () => {
    expect(ldif).toMatch(/^version: 1\n/)
    expect(ldif).toMatch(/^[\x20-\x7e\n]+$/)
    expect(ldif).toContain(`dn: uid=${samplePersonName},ou=people,dc=example,dc=org`)
  })
})
