/** What is said of an application's own accounts. */
export const applicationTexts = {
  readOnly: {
    version: 'Its schema has another version than those that were looked at; nothing is written.',
    shape: 'Its tables have triggers, so that a change would do more than it says; nothing is written.',
    opened: 'Its address says that it is opened for reading only.',
    server: 'The server takes no changes: it is a standby, or read-only by its settings.',
  },
  ways: {
    password: 'with the password that is stored in its row',
    claim: 'by typing the name and any new password on the form',
    name: 'by typing the name alone',
    directory: 'with the directory, if it knows the name',
    provider: 'with the linked OpenID identity',
  },
  hazards: {
    claimable: 'Whoever types the name first chooses the password.',
    'no-password': 'No password is asked: who knows a name is that person.',
    'provider-ignored':
      'The account belongs to the directory or a provider, but the application takes the stored password all the same.',
    'passwords-stay': 'While the directory is on, local passwords go on working, whatever the mode says.',
  },
  findings: {
    claimable: {
      message:
        'The account has no password, and the application’s form lets whoever types its name first set one and sign in.',
      next: 'Reset the password here if the account is local; otherwise disable it, or set AUTH_METHOD to oidc or ldap in the application.',
    },
    'password-left': {
      message:
        'The account signs in with the directory or a provider, but a password is stored in its row. Ways in that do not look at the provider accept it.',
      next: 'Have the stored password removed in the application, and watch for sign-ins with it until then.',
    },
    'directory-with-oidc': {
      message:
        'The row says directory and is linked with an OpenID identity: who signs in there changes the provider of the account.',
      next: 'Decide for one of the two ways, and remove the link or the provider in the application.',
    },
    'provider-stale': {
      message:
        'The row says local, but it has an OpenID identity and no password: it was made before the column was, and counts as oidc.',
      next: 'It is corrected by the person’s next single sign-on. No password is set here meanwhile.',
    },
    'no-way-in': {
      message: 'The account has neither a password nor an identity: nobody can sign in with it.',
      next: 'Reset its password, or have the person linked in the application.',
    },
  },
} as const
