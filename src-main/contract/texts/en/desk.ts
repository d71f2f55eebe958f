/** What the desktop itself says: its menu and its dialogs. */
export const deskTexts = {
  file: 'File',
  view: 'View',
  localAdministrator: 'Sign in with a local administrator',
  version: 'Authdesk {{version}}',
  files: { ldif: 'LDIF', accounts: 'Accounts (CSV, JSON)', settings: 'Settings (.env, config.yml)' },
  help: {
    README: 'All documents',
    'guides/GETTING_STARTED': 'Getting started',
    'guides/HELPDESK': 'Helpdesk',
    'guides/IMPORT_AND_EXPORT': 'Accounts in and out',
    'guides/COMMAND_LINE': 'Command line',
    'admin/configuration/SETTINGS': 'Settings',
    'admin/configuration/PROFILES': 'Profiles',
    'admin/configuration/LDAP_SETUP': 'LDAP',
    'admin/configuration/OIDC_SETUP': 'OpenID Connect',
    'admin/security/SECURITY': 'Security',
    'admin/security/AUDIT': 'Audit',
  },
} as const
