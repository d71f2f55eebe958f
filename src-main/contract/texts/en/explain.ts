/** What the explanation of a sign-in says for each rule. */
export const explainTexts = {
  ways: {
    form: 'The sign-in form',
    breakGlass: 'The way for local administrators (File menu)',
  },
  entry: {
    known: 'The entry belongs to {{username}}, who is signed in with the right password.',
    bind: 'The account {{username}} awaits its entry: the first sign-in with the right password binds it.',
    link: 'The entry is linked to {{username}} by its trusted e-mail address, and the account becomes ldap.',
    create: 'No account belongs to the entry: the first sign-in with the right password makes one.',
  },
  mode: {
    form: 'AUTH_METHOD is {{method}}: the form is offered.',
    noForm: 'AUTH_METHOD is {{method}}: there is no form.',
    unknown: 'The settings are not valid, so no way is offered.',
    breakGlass: 'Open in every mode once it is chosen from the menu.',
    provider: 'AUTH_METHOD is {{method}}: the provider’s button is offered.',
    noProvider: 'AUTH_METHOD is {{method}}: providers are not offered.',
    providerIncomplete: 'The provider’s settings are incomplete: {{missing}}.',
  },
  account: {
    found: '{{username}}, auth_provider {{provider}}, role {{role}}.',
    unknownRefused: 'There is no account of this name.',
    unknownDirectory: 'There is no account of this name yet; the directory is asked for it.',
    notAdmin: 'Only local administrators come in this way.',
  },
  limit: {
    free: 'No wait after failed attempts.',
    waits: 'Too many failed attempts: nothing is looked at before {{until}}.',
  },
  enabled: {
    yes: 'The account is enabled.',
    no: 'Disabled on {{at}} ({{source}}). {{reason}}',
  },
  provider: {
    fits: 'This way is open to accounts with auth_provider {{provider}}.',
    not: 'This way is not open to accounts with auth_provider {{provider}}.',
  },
  password: {
    set: 'A password is set; whether the right one is typed is not known here.',
    none: 'No password is set, and the form gives none to an account.',
    format: 'The stored hash is in no format that is known.',
    expired: 'The passphrase ran out on {{at}}.',
    notAsked: 'No password is asked in this mode.',
  },
  directory: {
    yes: '{{dn}} is found and may sign in; its password is checked by the directory.',
    no: 'The directory refuses this person.',
    unknown: 'The directory has no entry for this name.',
    outage: 'The directory could not be asked.',
  },
  lists: {
    none: 'No allow-list is configured.',
    passed: 'The last claims pass the allow-lists.',
    refused: 'The last claims do not pass the allow-lists.',
    noClaims: 'Allow-lists are configured; the claims are not known before the first sign-in.',
  },
  identity: {
    known: 'The identity is linked to this account: {{subject}}.',
    bind: 'The first sign-in under this name binds the identity to this account.',
    link: 'The first sign-in with the verified address {{email}} links itself to this account.',
    pending: 'An administrator has to confirm the link at the first sign-in.',
    create: 'A new account is made at the first sign-in.',
    refused: 'No account would be made or linked.',
    notLinked: 'The entry belongs to nobody, so no password is sent to the directory.',
    othersEntry: 'The identity belongs to {{username}}.',
  },
  lock: {
    free: 'The account is not locked.',
    until: 'The account is locked until {{until}}.',
  },
  change: {
    no: 'No change of the password is due.',
    must: 'The password must be changed right after signing in.',
  },
} as const
