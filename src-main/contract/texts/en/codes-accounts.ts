import type { AccountCode } from '../../errors'
import type { CodeText } from '../code-text'

export const accountCodeTexts = {
  SIGN_IN_REFUSED: {
    title: 'The user name or the password is not right',
    cause: 'No account with this name accepts this password in the present sign-in mode.',
    next: 'Check both. If the account signs in with SSO or the directory, use that way.',
  },
  RATE_LIMITED: {
    title: 'Too many failed attempts',
    cause:
      'Five failures for one account, or thirty on this console, within 15 minutes stop further attempts for a while.',
    next: 'Wait until the time shown has passed.',
  },
  SESSION_LOCKED: {
    title: 'The console is locked',
    cause: 'Nobody used it for a while, the computer was locked, or somebody locked it.',
    next: 'Unlock it with your password, or sign in again.',
  },
  METHOD_NOT_ALLOWED: {
    title: 'This account cannot sign in this way',
    cause: 'The sign-in mode (AUTH_METHOD) or the account’s auth_provider rules this way out.',
    next: 'Use the way that the account is managed by, or have an administrator look at Sign-in methods.',
  },
  METHOD_NOT_OFFERED: {
    title: 'This way to sign in is switched off',
    cause: 'AUTH_METHOD does not include it.',
    next: 'Choose one of the ways that the sign-in page offers, or change AUTH_METHOD.',
  },
  ROLE_NOT_GRANTED: {
    title: 'The account holds no role that may do this',
    cause: 'No manual grant and no group mapping gives the role that is needed.',
    next: 'Ask an administrator for the role.',
  },
  SELF_REGISTER_OFF: {
    title: 'New accounts cannot be made here',
    cause: 'ALLOW_SELF_REGISTER is off, so an unknown name is refused.',
    next: 'Ask an administrator for an account.',
  },
  ACCOUNT_DISABLED: {
    title: 'The account is disabled',
    cause: 'An administrator or the directory has disabled it; the password does not matter.',
    next: 'Have an administrator enable the account, or find out who disabled it and why in its audit.',
  },
  ACCOUNT_LOCKED: {
    title: 'The account is locked for a while',
    cause: 'Too many failed attempts in a short time.',
    next: 'Wait until the lock has passed; the account’s details show until when.',
  },
  PASSWORD_NOT_LOCAL: {
    title: 'The password of this account is not kept here',
    cause: 'The account signs in with the directory or an identity provider, which alone hold its password.',
    next: 'Reset the password in the directory or at the identity provider.',
  },
  PASSWORD_WEAK: {
    title: 'The password is too easy to guess',
    cause: 'It is too short, too common, or made of the person’s own data.',
    next: 'Choose a longer one; four or more unrelated words do well.',
  },
  PASSWORD_MUST_CHANGE: {
    title: 'The password must be changed first',
    cause: 'It was set by someone else, so it may only be used to choose an own one.',
    next: 'Choose a new password; everything else is available after that.',
  },
  PASSWORD_EXPIRED: {
    title: 'The passphrase from the reset has expired',
    cause: 'A passphrase that the helpdesk hands out is valid for 24 hours.',
    next: 'Ask the helpdesk for a new one.',
  },
  LAST_ADMIN: {
    title: 'This is the last administrator who can sign in',
    cause: 'Without it nobody could manage the console any more.',
    next: 'Make another account an administrator first.',
  },
  LAST_SIGN_IN_WAY: {
    title: 'This is the account’s last way to sign in',
    cause: 'Without it the person could not get in any more.',
    next: 'Set a password or link another identity first.',
  },
  LINK_PENDING: {
    title: 'An administrator has to confirm the link',
    cause: 'The identity may belong to an existing account, but that could not be proven.',
    next: 'An administrator confirms or refuses the pending link.',
  },
  LINK_CONFLICT: {
    title: 'The identity belongs to another account',
    cause: 'One identity can be linked to one account only.',
    next: 'Unlink it there first, or sign in to the account it belongs to.',
  },
  NAME_RESERVED: {
    title: 'The name is reserved',
    cause: 'It belonged to a deleted account, or waits for its owner’s first sign-in.',
    next: 'Choose another name.',
  },
  NAME_TAKEN: {
    title: 'The name is taken',
    cause: 'Another account has it; upper and lower case do not make a difference.',
    next: 'Choose another name.',
  },
  TEAMS_CLAIM_MALFORMED: {
    title: 'A team in the claim cannot be read',
    cause: 'The entry has no oidcID, or a value of the wrong type.',
    next: 'Check at the identity provider that an oidcID is set for each team.',
  },
  SYNC_PARTIAL: {
    title: 'The directory’s answer was incomplete',
    cause: 'A limit, a dropped connection or a missing piece made the list shorter than it should be.',
    next: 'Mend the cause that is named and run it again; nothing was changed.',
  },
  SYNC_EMPTY_SOURCE: {
    title: 'The directory returned nobody',
    cause: 'An empty answer would disable everyone, so it is refused.',
    next: 'Check the base and the filter with the LDAP test.',
  },
  SYNC_TOO_MANY_REMOVALS: {
    title: 'More accounts than usual would be disabled',
    cause: 'The number is above the limit that protects against mistakes.',
    next: 'Look at the list; if it is right, type the number to confirm.',
  },
  SYNC_RUNNING: {
    title: 'A synchronisation is already running',
    cause: 'Only one may run at a time, in this console and on the command line together.',
    next: 'Wait until it has ended.',
  },
  APP_NOT_RECOGNISED: {
    title: 'The database is no application’s that Authdesk knows',
    cause:
      'Tables and columns of TimeTracker, tududi or Vikunja are missing, or others than the mapping names.',
    next: 'Check AUTHDESK_APP_DB, or describe the table of accounts in AUTHDESK_APP_COLUMNS.',
  },
  APP_SCHEMA_UNKNOWN: {
    title: 'The application’s database is read, but not written',
    cause: 'Its schema is newer than the one that was looked at, or its tables have triggers.',
    next: 'Make the change in the application itself, or update Authdesk.',
  },
  APP_NOT_OFFERED: {
    title: 'The application has nothing like it',
    cause: 'Its tables have no column for this, or the mapping names none.',
    next: 'Make the change in the application itself.',
  },
} as const satisfies Record<AccountCode, CodeText>
