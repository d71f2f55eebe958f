import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { authMethods, type AuthMethod } from '../../../src-main/contract/app'
import { wayIn, type WayFacts } from '../../../src-main/core/auth/impact-policy'
import { offersProviders } from '../../../src-main/core/sign-in/oidc-admission'
import { decideSignIn } from '../../../src-main/core/sign-in/sign-in-policy'

const file = join(import.meta.dirname, '../../../docs/admin/configuration/AUTH_METHODS.md')

const rows = readFileSync(file, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    const method = authMethods.find((each) => cells[1] === `\`${each}\``)
    return method && cells.length === 7 ? [{ method, cells: cells.slice(2, 6) }] : []
  })

const person: WayFacts = {
  ...{ provider: 'local', role: 'user', disabled: false, hasPassword: true },
  ...{ ldapIdentity: false, oidcIdentity: false, anyIdentity: false },
}

/** The form's and the button's answer for an account, by the rules that sign-in itself follows. */
function cell(method: AuthMethod, change: Partial<WayFacts>): string {
  const facts = { ...person, ...change }
  const form = wayIn(facts, { method, providers: false }).open
  const button = facts.oidcIdentity && offersProviders.has(method)
  return form ? 'form' : button ? 'button' : 'no'
}

function unknownName(method: AuthMethod): string {
  const facts = { method, way: 'form', blankPassword: false, account: null, limited: false } as const
  const step = decideSignIn({ ...facts, directory: { kind: 'yes' } })
  const ways = ['allow' in step ? 'form' : '', offersProviders.has(method) ? 'button' : '']
  return ways.filter((way) => way !== '').join(' or ') || 'no'
}

describe('the table of modes', () => {
  it('has every mode once', () => {
    expect(rows.map(({ method }) => method)).toEqual([...authMethods])
  })

  it.each(rows)('says for $method what the rules say', ({ method, cells }) => {
    expect(cells).toEqual([
      cell(method, {}),
      cell(method, { provider: 'ldap', hasPassword: false, ldapIdentity: true, anyIdentity: true }),
      cell(method, { provider: 'oidc', hasPassword: false, oidcIdentity: true, anyIdentity: true }),
      unknownName(method),
    ])
  })
})
