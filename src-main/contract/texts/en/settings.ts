/** Sentences of the settings' findings: what is so, and what to do about it. */
export const settingsTexts = {
  findings: {
    unknown: {
      message: '{{name}} is not a setting that Authdesk knows.',
      next: 'Leave it if the application needs it; otherwise remove it.',
    },
    similar: {
      message: '{{name}} is not a setting that Authdesk knows; {{known}} is.',
      next: 'If {{known}} is meant, correct the name. Until then it has no effect.',
    },
    foreign: {
      message: '{{name}} has no effect here: {{why}}.',
      next: 'Nothing to do. The application may still need it.',
    },
    notYet: {
      message: '{{name}} is read and checked, but this version does not act on it.',
      next: 'Nothing to do.',
    },
    invalid: {
      message: '{{name}} is “{{value}}”; expected: {{expected}}.',
      next: 'Correct the value of {{name}}.',
    },
    invalidSecret: {
      message: '{{name}} is not valid; expected: {{expected}}. Its value is not shown.',
      next: 'Correct the value of {{name}}.',
    },
    filter: {
      message: '{{name}} is “{{value}}”, which is no filter. At character {{position}}: {{reason}}.',
      next: 'Correct the filter there.',
    },
    filterProposed: {
      message: '{{name}} is “{{value}}”, which is no filter. At character {{position}}: {{reason}}.',
      next: 'Perhaps meant: {{proposal}}',
    },
    aliases: {
      message: '{{names}} are names of one setting and have different values.',
      next: 'Keep one of them. Until then none of them counts.',
    },
    repeated: {
      message: '{{name}} stands in the file more than once; the last one counts.',
      next: 'Remove the others.',
    },
    cutAtHash: {
      message:
        'The value of {{name}} has no quotes and holds a #; everything from the # on is taken for a comment.',
      next: 'Put the value in single quotes.',
    },
    fileMissing: {
      message: 'The settings file {{file}} does not exist.',
      next: 'Check the path, or leave it out to use the governing profile.',
    },
    fileUnreadable: {
      message: 'The settings file {{file}} cannot be read: {{reason}}.',
      next: 'Give this user read access, or name another file.',
    },
    yamlInvalid: {
      message: 'The settings file is not valid YAML: {{reason}}.',
      next: 'Correct that line. Nothing of the file is used until then.',
    },
    yamlNotMap: {
      message: 'The settings file is YAML, but not a list of “name: value” entries.',
      next: 'Give Vikunja’s config.yml.',
    },
    yamlTooMuch: {
      message: 'The settings file unfolds to more values than a settings file has.',
      next: 'Remove the aliases (*name) that repeat each other.',
    },
    userFilter: {
      message: 'The filter for people (“{{value}}”) does not ask for the name that a person types (%[1]s).',
      next: 'Write for example (&(objectClass=inetOrgPerson)(uid=%[1]s)).',
    },
    loginAttributes: {
      message: 'People could sign in with any of {{names}}; here only {{value}} counts.',
      next: 'Nothing to do if people know that name.',
    },
    governsInvalid: {
      message: 'The file {{file}} names “{{value}}”, which cannot be a profile’s name.',
      next: 'Write the name of a profile in it, or remove it to use the profile “default”.',
    },
    profileInvalid: {
      message: '“{{value}}” cannot be a profile’s name.',
      next: 'Use letters, digits, dots, hyphens and underscores, at most 64.',
    },
    fileReadable: {
      message: 'Others on this machine can read {{file}} (its mode is {{mode}}).',
      next: 'Make it private: chmod 600 {{file}}',
    },
    retype: {
      message: '{{name}} must be typed again: where it would be sent has changed.',
      next: 'Type the password or client secret for the new place.',
    },
    secretInFile: {
      message: '{{name}} stands as plain text in {{file}}.',
      next: 'It works. Move it to the secret store, or give it in the environment.',
    },
    methodOidcOff: {
      message: 'AUTH_METHOD is {{method}}, but OIDC_ENABLED=false switches every OpenID provider off.',
      next: 'Remove OIDC_ENABLED, or choose an AUTH_METHOD without OpenID.',
    },
    methodOidcOn: {
      message: 'OIDC_ENABLED is true, but AUTH_METHOD={{method}} does not offer OpenID. AUTH_METHOD counts.',
      next: 'Set AUTH_METHOD to oidc, both or all, or remove OIDC_ENABLED.',
    },
    methodLdap: {
      message: 'LDAP_ENABLED is {{ldap}}, but AUTH_METHOD is {{method}}. AUTH_METHOD counts.',
      next: 'Remove LDAP_ENABLED, or change AUTH_METHOD.',
    },
    methodPasswords: {
      message:
        'PASSWORD_AUTH_ENABLED is false, but AUTH_METHOD={{method}} lets people sign in with a local password.',
      next: 'Remove PASSWORD_AUTH_ENABLED, or choose oidc or ldap as AUTH_METHOD.',
    },
    nothingLeft: {
      message:
        'PASSWORD_AUTH_ENABLED is false and neither OpenID nor the directory is on, so local passwords stay on.',
      next: 'Set OIDC_ENABLED=true or AUTH_METHOD.',
    },
    passwordsStay: {
      message:
        'No mode has OpenID and the directory without local passwords; AUTH_METHOD becomes all although PASSWORD_AUTH_ENABLED is false.',
      next: 'Set AUTH_METHOD to oidc or ldap if local passwords must be off.',
    },
    unusedOidc: {
      message: 'An OpenID provider is described, but neither AUTH_METHOD nor OIDC_ENABLED switches it on.',
      next: 'Set AUTH_METHOD to oidc, both or all.',
    },
    unusedLdap: {
      message: 'A directory is described, but neither AUTH_METHOD nor LDAP_ENABLED switches it on.',
      next: 'Set AUTH_METHOD to ldap or all.',
    },
    startedWithFile: {
      message:
        'This console was started with --env-file {{file}}, which takes the governing profile’s place.',
      next: 'Start it without --env-file to let another profile govern.',
    },
    productionRuntime: {
      message: 'The profile is marked as production, and this console runs on the development runtime.',
      next: 'Use the official Electron, or set AUTHDESK_DEV_RUNTIME=1 and start again.',
    },
    noneProduction: {
      message:
        'AUTH_METHOD=none lets everyone in without a password, and this profile is marked as production.',
      next: 'Choose another AUTH_METHOD.',
    },
    none: {
      message: 'AUTH_METHOD=none lets everyone in without a password.',
      next: 'Use it for a trial only, and on a home that nobody else can open.',
    },
    missing: {
      message: '{{name}} is not set; AUTH_METHOD={{method}} needs it.',
      next: 'Set {{name}}.',
    },
    missingSkipped: {
      message: '{{name}} is not set, so provider {{n}} is left out.',
      next: 'Set {{name}}, or remove the other OIDC_PROVIDER_{{n}}_ settings.',
    },
    numberedName: {
      message: '{{name}} is not set; some applications stop reading providers here.',
      next: 'Set {{name}}.',
    },
    numberGap: {
      message: 'There is no provider {{missing}}, so the ones after it are not read, {{first}} first.',
      next: 'Number the providers from 1 without a gap.',
    },
    bothForms: {
      message: 'Providers are described with and without numbers; only the numbered ones count.',
      next: 'Move the provider without a number to OIDC_PROVIDER_{{next}}_, or remove it.',
    },
    notInherited: {
      message: '{{name}} gives rights, and is not passed on to numbered providers.',
      next: 'Set it for the provider that it is meant for: {{numbered}}',
    },
    slugInvalid: {
      message: '{{name}} is “{{value}}”; expected: up to 64 letters, digits, dots, hyphens and underscores.',
      next: 'Choose another short name; it is part of addresses.',
    },
    slugTwice: {
      message: 'Two providers have the short name “{{value}}”.',
      next: 'Give each provider its own.',
    },
    issuerTwice: {
      message: 'Two providers have the issuer {{value}}; a person is the same one through both.',
      next: 'Keep one of them, unless this is meant.',
    },
    issuerDiscovery: {
      message: '{{name}} is the address of the provider’s description, not the issuer.',
      next: 'Leave out /.well-known/openid-configuration.',
    },
    issuerQuery: {
      message: '{{name}} holds a “?”, which an issuer never does.',
      next: 'Copy the value of “issuer” from the provider’s description.',
    },
    insecureIssuer: {
      message: '{{name}} is an http address on another machine; whoever is between could sign in as anyone.',
      next: 'Use the provider’s https address.',
    },
    roleUnknown: {
      message:
        '{{name}} gives the role “{{role}}” to “{{group}}”; the console has no such role, so it is left out.',
      next: 'Nothing to do if the role is the application’s. The console’s are admin, helpdesk, auditor and user.',
    },
    teamsClaim: {
      message:
        'OIDC_TEAMS_CLAIM and OIDC_GROUPS_CLAIM both are “{{value}}”; teams and groups have different forms.',
      next: 'Give teams their own claim.',
    },
    redirectHttp: {
      message:
        '{{name}} is an http address on another machine; the sign-in’s answer would travel unencrypted.',
      next: 'Use https.',
    },
    redirectSlash: {
      message: '{{name}} ends with a slash; providers compare it letter by letter.',
      next: 'Make sure that the provider has it with the slash too, or remove it in both places.',
    },
    redirectPlace: {
      message: '{{name}} leads to {{uri}}, but people open the application at {{baseUrl}} (BASE_URL).',
      next: 'Use the same scheme, host and port in both; the cookie of the sign-in comes back to that place only.',
    },
    redirectLoopback: {
      message:
        '{{name}} leads to this computer ({{uri}}), but people open the application at {{baseUrl}} (BASE_URL).',
      next: 'Leave it for signing in to Authdesk; the application itself needs an address at the place that people open.',
    },
    redirectPorts: {
      message: 'OIDC_LOOPBACK_PORTS does not hold the port of {{name}}. The redirect URI counts.',
      next: 'Remove OIDC_LOOPBACK_PORTS, or add the port to it.',
    },
    hostForm: {
      message: 'LDAP_HOST holds “{{value}}”, which is not a host, an address or an ldap:// or ldaps:// URL.',
      next: 'Write for example ldap.example.org or ldaps://ldap.example.org:636, without a path.',
    },
    hostConflict: {
      message: 'LDAP_HOST holds “{{value}}”, but LDAP_USE_SSL is {{ssl}}.',
      next: 'Remove LDAP_USE_SSL, or write the host without ldap:// or ldaps://.',
    },
    sslAndTls: {
      message: 'LDAPS and StartTLS are both asked for; LDAPS is used.',
      next: 'Remove LDAP_USE_TLS.',
    },
    portOfPlain: {
      message: 'Port 389 is asked for with LDAPS; on most servers LDAPS answers on 636.',
      next: 'Remove LDAP_PORT, or use LDAP_USE_TLS=true instead of LDAPS.',
    },
    portOfSsl: {
      message: 'Port 636 is asked for without LDAPS; on most servers only LDAPS answers there.',
      next: 'Set LDAP_USE_SSL=true, or remove LDAP_PORT.',
    },
    plaintext: {
      message: 'The connection to {{host}} is not encrypted, so Authdesk refuses to send a password over it.',
      next: 'Set LDAP_USE_TLS=true or LDAP_USE_SSL=true. LDAP_ALLOW_PLAINTEXT=true sends passwords in the clear.',
    },
    plaintextAllowed: {
      message: 'Passwords travel in the clear to {{host}}: LDAP_ALLOW_PLAINTEXT is true.',
      next: 'Set LDAP_USE_TLS=true or LDAP_USE_SSL=true and remove LDAP_ALLOW_PLAINTEXT.',
    },
    anonymous: {
      message: 'Authdesk may search the directory without a service account.',
      next: 'Better: a service account with the right to read, and LDAP_ALLOW_ANONYMOUS=false.',
    },
  },
} as const
