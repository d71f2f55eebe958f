import { describe, expect, it } from 'vitest'
import {
  decideIdentity,
  type Candidate,
  type IdentityFacts,
} from '../../../src-main/core/sign-in/identity-policy'

function candidate(id: string, other: Partial<Candidate> = {}): Candidate {
  return { id, provider: 'local', disabled: false, consoleRole: false, identityKinds: [], ...other }
}

/** Somebody who signs in for the first time with a verified e-mail, except for what a row says. */
function facts(other: Partial<IdentityFacts> = {}): IdentityFacts {
  return {
    kind: 'oidc',
    known: null,
    named: null,
    sameEmail: [],
    email: 'ada@example.test',
    emailVerified: true,
    autoProvision: true,
    ...other,
  }
}

const linkable = candidate('mail')
const awaiting = candidate('named', { provider: 'oidc' })

const table: readonly [what: string, facts: IdentityFacts, decision: string][] = [
  ['a known identity is its account', facts({ known: candidate('k') }), 'known k'],
  [
    '… whatever name and e-mail say',
    facts({ known: candidate('k'), named: awaiting, sameEmail: [linkable] }),
    'known k',
  ],
  [
    '… with provisioning off and no e-mail',
    facts({ known: candidate('k'), autoProvision: false, email: null }),
    'known k',
  ],
  ['… with a console role', facts({ known: candidate('k', { consoleRole: true }) }), 'known k'],
  [
    '… but not while it is disabled',
    facts({ known: candidate('k', { disabled: true }) }),
    'ACCOUNT_DISABLED',
  ],

  ['an account that awaits its identity is bound', facts({ named: awaiting }), 'bind named'],
  ['… with provisioning off', facts({ named: awaiting, autoProvision: false }), 'bind named'],
  ['… without an e-mail', facts({ named: awaiting, email: null }), 'bind named'],
  ['… rather than one with the e-mail', facts({ named: awaiting, sameEmail: [linkable] }), 'bind named'],
  [
    '… waits for an administrator if it has a console role',
    facts({ named: { ...awaiting, consoleRole: true } }),
    'pending named',
  ],
  [
    '… is refused while it is disabled',
    facts({ named: { ...awaiting, disabled: true } }),
    'ACCOUNT_DISABLED',
  ],
  [
    'an account of another provider does not await',
    facts({ named: candidate('named', { provider: 'ldap' }) }),
    'create',
  ],
  ['a local account of that name is not taken over', facts({ named: candidate('named') }), 'create'],
  [
    'an account with an identity no longer awaits',
    facts({ named: { ...awaiting, identityKinds: ['oidc'] } }),
    'create',
  ],

  ['nobody known is made', facts(), 'create'],
  ['… not with provisioning off', facts({ autoProvision: false }), 'OIDC_PROVISIONING_OFF'],
  [
    '… and then nothing is linked either',
    facts({ autoProvision: false, sameEmail: [linkable] }),
    'OIDC_PROVISIONING_OFF',
  ],
  ['… not without an e-mail from a provider', facts({ email: null }), 'OIDC_NO_EMAIL'],
  ['… nor from a directory', facts({ kind: 'ldap', email: null }), 'LDAP_USER_NO_EMAIL'],

  ['a verified e-mail of one plain account links', facts({ sameEmail: [linkable] }), 'link mail'],
  [
    '… an account with the other kind of identity too',
    facts({ sameEmail: [{ ...linkable, identityKinds: ['ldap'] }] }),
    'link mail',
  ],
  ['an unverified e-mail does not', facts({ sameEmail: [linkable], emailVerified: false }), 'pending mail'],
  [
    'an e-mail of two accounts does not',
    facts({ sameEmail: [linkable, candidate('other')] }),
    'pending mail',
  ],
  [
    'nor one with an identity of the same kind',
    facts({ sameEmail: [{ ...linkable, identityKinds: ['oidc'] }] }),
    'pending mail',
  ],
  ['nor one with a console role', facts({ sameEmail: [{ ...linkable, consoleRole: true }] }), 'pending mail'],
  [
    'a disabled account is refused',
    facts({ sameEmail: [{ ...linkable, disabled: true }] }),
    'ACCOUNT_DISABLED',
  ],
]

describe('whose identity it is', () => {
  it.each(table)('%s', (_what, known, decision) => {
    const found = decideIdentity(known)
    const said =
      'code' in found ? found.code : 'accountId' in found ? `${found.kind} ${found.accountId}` : found.kind
    expect(said).toBe(decision)
  })

  it('never goes by itself to an account with a console role, and never to a disabled one', () => {
    const flags = [false, true]
    for (const kind of ['oidc', 'ldap'] as const)
      for (const provider of ['local', 'oidc', 'ldap'] as const)
        for (const disabled of flags)
          for (const consoleRole of flags)
            for (const emailVerified of flags)
              for (const autoProvision of flags)
                for (const identityKinds of [[], ['oidc'], ['ldap']] as const)
                  for (const place of ['named', 'sameEmail'] as const) {
                    const account = candidate('x', { provider, disabled, consoleRole, identityKinds })
                    const where = place === 'named' ? { named: account } : { sameEmail: [account] }
                    const found = decideIdentity(facts({ kind, emailVerified, autoProvision, ...where }))
                    if (found.kind !== 'bind' && found.kind !== 'link') continue
                    expect({ disabled, consoleRole }).toEqual({ disabled: false, consoleRole: false })
                    expect(identityKinds).not.toContain(kind)
                    if (found.kind === 'link') expect([emailVerified, autoProvision]).toEqual([true, true])
                  }
  })
})
