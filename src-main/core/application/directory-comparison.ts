import type { ApplicationAccount, ComparisonRow } from '../../contract/application'
import type { ReadPerson } from '../ldap/read-people'
import { foldName } from '../users/folded-name'

/** Of a person only what the comparison needs, since there may be many. */
export type ComparedPerson = Pick<ReadPerson, 'dn' | 'username' | 'email' | 'lock' | 'barred'>
export type ComparedAccount = Pick<ApplicationAccount, 'id' | 'username' | 'email' | 'provider' | 'state'>

const row = (
  kind: ComparisonRow['kind'],
  account: ComparedAccount | null,
  person: ComparedPerson | null,
): ComparisonRow => ({
  kind,
  accountId: account?.id ?? null,
  username: account?.username ?? person?.username ?? '',
  email: account?.email ?? person?.email ?? null,
  dn: person?.dn ?? null,
})

/** People by the name that they type: their login there, and their address, where an application signs in by it. */
function byName(people: readonly ComparedPerson[]): ReadonlyMap<string, ComparedPerson> {
  const named = people.flatMap((person) => {
    const mail = person.email === null ? [] : [[foldName(person.email), person] as const]
    return [...mail, [foldName(person.username), person] as const]
  })
  return new Map(named.filter(([name]) => name !== ''))
}

function ofAccount(account: ComparedAccount, person: ComparedPerson | undefined): ComparisonRow[] {
  if (account.provider !== 'ldap' || account.state !== 'enabled') return []
  if (!person) return [row('not-in-directory', account, null)]
  if (person.lock !== null) return [row('disabled-in-directory', account, person)]
  return person.barred === null ? [] : [row('not-in-group', account, person)]
}

function twins(accounts: readonly ComparedAccount[]): ComparisonRow[] {
  const byAddress = new Map<string, ComparedAccount[]>()
  for (const account of accounts) {
    const address = foldName(account.email ?? '')
    if (address !== '') byAddress.set(address, [...(byAddress.get(address) ?? []), account])
  }
  return [...byAddress.values()].flatMap((same) =>
    same.length < 2 ? [] : same.map((account) => row('duplicate-email', account, null)),
  )
}

/**
 * What does not fit between everybody in the directory and every account of the application; by names, since an
 * application keeps no identity of an entry.
 */
export function compareWithDirectory(
  people: readonly ComparedPerson[],
  accounts: readonly ComparedAccount[],
): ComparisonRow[] {
  const person = byName(people)
  const known = new Set(
    accounts.flatMap(({ username, email }) => [foldName(username), foldName(email ?? '')]),
  )
  const admitted = people.filter(({ lock, barred }) => lock === null && barred === null)
  const without = admitted.filter(
    ({ username, email }) =>
      !known.has(foldName(username)) && (email === null || !known.has(foldName(email))),
  )
  return [
    ...accounts.flatMap((account) => ofAccount(account, person.get(foldName(account.username)))),
    ...without.map((each) => row('no-account', null, each)),
    ...twins(accounts),
  ]
}
