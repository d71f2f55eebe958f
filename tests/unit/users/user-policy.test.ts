import { describe, expect, it } from 'vitest'
import type { AuthProvider } from '../../../src-main/contract/app'
import type { Role } from '../../../src-main/contract/permissions'
import type { Actor } from '../../../src-main/core/app/ports'
import type { AccountCapabilities } from '../../../src-main/core/users/account-source'
import { actionsFor, passphraseExpiry, stateOf } from '../../../src-main/core/users/user-policy'
import { foldName } from '../../../src-main/core/users/folded-name'
import { accountOf } from './account-of'

const everything: AccountCapabilities = {
  ...{ list: true, get: true, count: true },
  ...{ setPassword: true, setEnabled: true, endSessions: true },
  ...{ unlock: true, forceChange: true, setRole: true, remove: true },
}
const actor = (role: Role | 'os' | 'nobody'): Actor => {
  if (role === 'nobody') return { kind: 'nobody' }
  if (role === 'os') return { kind: 'os', name: 'root', roles: ['admin'] }
  const roles: readonly Role[] = role === 'user' ? ['user'] : ['user', role]
  return { kind: 'account', id: 'me', name: 'me', roles, sessionId: 's', mustChangePassword: false }
}
const disabled = { at: new Date(0), source: 'manual', reason: null }
const other = accountOf({ id: 'another', roles: ['admin'] })

/** What does not apply to the account as it is: refused without a reason. */
const notNow = 'not now'

interface Row {
  readonly who: Role | 'os' | 'nobody'
  readonly target: Role
  readonly provider: AuthProvider
  readonly expected: readonly (string | null)[]
}

/** reset, disable, enable, end sessions: null is allowed. The target is enabled and not the last administrator. */
function expected(who: Row['who'], target: Role, provider: AuthProvider): Row['expected'] {
  const notLocal = provider === 'local' ? null : 'PASSWORD_NOT_LOCAL'
  if (who === 'admin' || who === 'os') return [notLocal, null, notNow, null]
  if (who === 'helpdesk') {
    const reach = target === 'user' ? null : 'FORBIDDEN'
    return [notLocal ?? reach, 'FORBIDDEN', 'FORBIDDEN', reach]
  }
  return ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']
}

const everyone = ['nobody', 'user', 'auditor', 'helpdesk', 'admin', 'os'] as const
const rows: Row[] = everyone.flatMap((who) =>
  (['user', 'auditor', 'helpdesk', 'admin'] as const).flatMap((target) =>
    (['local', 'ldap', 'oidc'] as const).map((provider) => ({
      ...{ who, target, provider },
      expected: expected(who, target, provider),
    })),
  ),
)

const asAdmins = (able: readonly ReturnType<typeof accountOf>[]) => ({
  able,
  local: able.filter(({ authProvider }) => authProvider === 'local'),
})

function codes(facts: Partial<Parameters<typeof actionsFor>[0]>) {
  const account = facts.account ?? accountOf()
  const admins = [other, ...(account.grants.some(({ role }) => role === 'admin') ? [account] : [])]
  const actions = actionsFor({
    ...{ actor: actor('admin'), capabilities: everything, account, namedAdmin: false },
    admins: asAdmins(admins),
    now: new Date(0),
    ...facts,
  })
  const listed = [actions.resetPassword, actions.disable, actions.enable, actions.endSessions]
  return listed.map(({ allowed, code }) => (allowed ? code : (code ?? notNow)))
}

describe('what can be done with an account', () => {
  it.each(rows)('by $who with a $provider $target', ({ who, target, provider, expected: wanted }) => {
    const account = accountOf({ authProvider: provider, roles: target === 'user' ? [] : [target] })
    expect(codes({ actor: actor(who), account })).toEqual(wanted)
  })

  it('with an explicit grant of user is what it is without one', () => {
    const account = accountOf({ roles: ['user'] })
    expect(codes({ actor: actor('helpdesk'), account })).toEqual([null, 'FORBIDDEN', 'FORBIDDEN', null])
  })

  it('keeps the helpdesk from an account that ADMIN_USERNAMES makes an administrator', () => {
    const account = accountOf()
    expect(codes({ actor: actor('helpdesk'), account, namedAdmin: true })).toEqual([
      ...['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
    ])
    expect(codes({ actor: actor('admin'), account, namedAdmin: true })[0]).toBeNull()
  })

  it('does not disable an administrator beside whom nobody can sign in', () => {
    const account = accountOf({ roles: ['admin'] })
    expect(codes({ account, admins: asAdmins([]) })[1]).toBe('LAST_ADMIN')
  })

  it('does not include shutting oneself out, beside other administrators neither', () => {
    const account = accountOf({ id: 'me', roles: ['admin'] })
    expect(codes({ account })).toEqual([null, 'FORBIDDEN', notNow, null])
  })

  it('counts every grant: who is user and helpdesk is out of the helpdesk’s reach', () => {
    const account = accountOf({ roles: ['user', 'helpdesk'] })
    expect(codes({ actor: actor('helpdesk'), account })[0]).toBe('FORBIDDEN')
  })

  it('while it is disabled is enabling, not disabling again', () => {
    expect(codes({ account: accountOf({ disabled }) })).toEqual([null, notNow, null, null])
  })

  it('does not include disabling the last administrator, by the command line neither', () => {
    const account = accountOf({ roles: ['admin'] })
    for (const who of ['admin', 'os'] as const) {
      expect(codes({ actor: actor(who), account, admins: asAdmins([account]) })[1]).toBe('LAST_ADMIN')
      expect(codes({ actor: actor(who), account, admins: asAdmins([account, other]) })[1]).toBeNull()
      expect(codes({ actor: actor(who), account: accountOf(), admins: asAdmins([other]) })[1]).toBeNull()
    }
  })

  it('does not include taking the last local administrator away while others depend on a provider', () => {
    const account = accountOf({ roles: ['admin'] })
    const sso = accountOf({ id: 'sso', authProvider: 'oidc', roles: ['admin'] })
    expect(codes({ account, admins: asAdmins([account, sso]) })[1]).toBe('LAST_ADMIN')
    expect(codes({ account: sso, admins: asAdmins([account, sso]) })[1]).toBeNull()
    const other = accountOf({ id: 'sso2', authProvider: 'ldap', roles: ['admin'] })
    expect(codes({ account: sso, admins: asAdmins([sso, other]) })[1]).toBeNull()
  })

  it('is what its source declares, for administrators too', () => {
    const account = accountOf()
    const without = (capability: keyof AccountCapabilities) =>
      codes({ account, capabilities: { ...everything, [capability]: false } })
    expect(without('setPassword')).toEqual(['FORBIDDEN', null, notNow, null])
    expect(without('setEnabled')).toEqual([null, 'FORBIDDEN', 'FORBIDDEN', null])
    expect(without('endSessions')).toEqual([null, null, notNow, 'FORBIDDEN'])
  })
})

describe('the state that is shown', () => {
  const now = new Date('2025-03-01T09:00:00.000Z')
  const later = new Date(now.getTime() + 1)

  it('is the gravest', () => {
    const all = { disabled, lockedUntil: later, mustChangePassword: true, pendingLink: true }
    expect(stateOf(accountOf(all), now)).toBe('disabled')
    expect(stateOf(accountOf({ ...all, disabled: null }), now)).toBe('locked')
    expect(stateOf(accountOf({ ...all, disabled: null, lockedUntil: null }), now)).toBe(
      'must-change-password',
    )
    expect(stateOf(accountOf({ pendingLink: true }), now)).toBe('pending-link')
    expect(stateOf(accountOf(), now)).toBe('enabled')
  })

  it('is not locked any more at the moment the lock ends', () => {
    expect(stateOf(accountOf({ lockedUntil: now }), now)).toBe('enabled')
    expect(stateOf(accountOf({ lockedUntil: later }), now)).toBe('locked')
  })
})

describe('a passphrase of the helpdesk', () => {
  it('is good for 24 hours', () => {
    const now = new Date('2025-03-30T00:30:00.000Z')
    expect(passphraseExpiry(now).getTime() - now.getTime()).toBe(24 * 3_600_000)
  })
})

describe('names', () => {
  it('are compared folded: case, width, composition and blanks around make no difference', () => {
    for (const name of ['ADA', ' ada ', 'Ada', 'ａｄａ']) expect(foldName(name)).toBe('ada')
    expect(foldName('É'.normalize('NFD'))).toBe(foldName('é'))
    expect(foldName('ada lovelace')).not.toBe(foldName('adalovelace'))
  })
})
