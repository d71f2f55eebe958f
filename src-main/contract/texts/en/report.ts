/** Sentences of the report of a test. */
export const reportTexts = {
  title: { ldap: 'Directory test', oidc: 'OpenID Connect test' },
  result: { ok: 'No stage failed.', notOk: 'Not everything is well.' },
  noSecrets:
    'Passwords, client secrets, tokens and stored passwords were taken out. Names of people, servers and entries are still in it.',
  made: 'Made',
  profile: 'Profile',
  versions: 'Versions',
  stages: 'Stages',
  code: 'Code',
  time: 'Time',
  next: 'What to do',
  settings: 'Settings',
  setting: 'Setting',
  value: 'Value',
  source: 'Source',
  set: 'set',
  notSet: 'not set',
  empty: 'empty',
  sources: { default: 'default', profile: 'profile', environment: 'environment' },
  status: { passed: 'passed', warning: 'warning', failed: 'failed', skipped: 'skipped' },
  milliseconds: '{{ms}} ms',
  commands: 'The same by hand',
  commandsHint:
    'Lines for a POSIX shell. What is secret is asked for by the tool itself and stands in no line.',
  facts: {
    server: 'Server',
    encryption: 'Encryption',
    directory: 'Directory',
    person: 'Person',
    against: 'Asked',
    issuer: 'Issuer',
    client: 'Client',
    product: 'Product',
    draft: 'Settings',
  },
  encryption: { ldaps: 'LDAPS', starttls: 'StartTLS', none: 'none', file: 'a file' },
  unsaved: 'not saved; changed: {{names}}',
  purpose: {
    certificates: 'The certificates that the server shows, verified',
    discovery: 'The provider’s description of itself',
    jwks: 'The keys that it signs with',
    client:
      'The client, with a code that is made up: the error invalid_grant says that the client was accepted',
    redirect: 'The return address: where the provider sends the browser, with nobody asked',
    rootDse: 'What the directory says of itself',
    bind: 'The service account signs in',
    users: 'Everybody whom the settings find; the test reads the first page only',
    user: 'The entry of the person; where there are several such lines, the first that finds one counts',
    userbind: 'The person signs in; a wrong password counts as one at the directory',
  },
  notes: {
    file: 'A file was asked, no server: there is no line that does the same.',
    leftOut_one: 'One line was left out: it would hold a secret, or characters that a terminal acts upon.',
    leftOut_other:
      '{{count}} lines were left out: they would hold a secret, or characters that a terminal acts upon.',
    serverName:
      'ldapsearch and ldapwhoami compare the certificate with the host; LDAP_TLS_SERVER_NAME names another one, so they refuse this server.',
    localhost:
      'ldapsearch and ldapwhoami compare the certificate of localhost with this computer’s own name; where that is not in it, they refuse this server.',
    plaintext:
      'No line sends a password: the connection would not be encrypted, and the settings do not allow that.',
    several: 'Several servers are configured; the lines ask the one that the test ended with.',
  },
} as const
