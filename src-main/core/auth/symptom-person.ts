import type { Rooms } from '../app/rooms'
import type { SymptomPerson } from '../oidc/symptoms/symptom-facts'
import { claimsOf } from './explain-provider'

/** An account as a symptom needs it, with the last claims of one issuer; null where there is none of this name. */
export async function symptomPerson(
  { users }: Pick<Rooms, 'users'>,
  name: string,
  issuer: string | null,
): Promise<SymptomPerson | null> {
  const account = await users.byName(name)
  if (account === null) return null
  const identities = (await users.identities(account.id)).filter(({ kind }) => kind === 'oidc')
  const identity = identities.find((each) => each.issuer === issuer)
  return {
    name: account.username,
    hasPassword: account.authProvider === 'local' && account.passwordHash !== null,
    identities: identities.length,
    claims: identity === undefined ? null : claimsOf(identity),
  }
}
