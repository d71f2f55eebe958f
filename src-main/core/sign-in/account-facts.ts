import type { Account } from '../users/account'
import type { AccountFacts } from './sign-in-policy'

/** What the decision may know of an account. */
export const accountFacts = ({ authProvider, disabled, grants }: Account): AccountFacts => ({
  provider: authProvider,
  disabled: disabled !== null,
  admin: grants.some(({ role }) => role === 'admin'),
})
