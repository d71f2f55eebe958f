import { attribute, bindName, boolean, dn, filter, integer, path, secret, text, wordList } from './kinds'
import type { Setting } from './setting'

const serverSchema = {
  LDAP_HOST: {
    kind: {
      ...wordList,
      expected: 'host names, addresses or ldap:// and ldaps:// URLs, separated by spaces or commas',
    },
    group: 'ldap-server',
    description: 'The directory’s servers; they are tried in this order. Required with ldap and all.',
  },
  LDAP_PORT: {
    kind: integer(1, 65_535),
    group: 'ldap-server',
    description: 'The port of every host that names none itself. Not set: 636 with LDAPS, else 389.',
  },
  LDAP_USE_SSL: {
    kind: boolean,
    group: 'ldap-server',
    description: 'LDAPS: encrypted from the first byte. Not set: as the URL in LDAP_HOST says, else false.',
  },
  LDAP_USE_TLS: {
    kind: boolean,
    group: 'ldap-server',
    default: 'false',
    description: 'StartTLS: begins in plain text and is encrypted before any password. Ignored with LDAPS.',
  },
  LDAP_TIMEOUT: {
    kind: integer(1, 120, 'seconds'),
    group: 'ldap-server',
    default: '10',
    description: 'How long Authdesk waits to connect and for each answer.',
  },
  LDAP_PAGE_SIZE: {
    kind: integer(1, 10_000, 'entries'),
    group: 'ldap-server',
    default: '1000',
    description: 'Entries asked for at a time.',
  },
} as const satisfies Record<string, Setting>

const bindSchema = {
  LDAP_BIND_DN: {
    kind: bindName,
    group: 'ldap-bind',
    description:
      'The service account that searches. Required with ldap and all, unless anonymous bind is allowed.',
  },
  LDAP_BIND_PASSWORD: {
    kind: secret,
    group: 'ldap-bind',
    description: 'The service account’s password. Required like LDAP_BIND_DN. Never trimmed.',
  },
  LDAP_ALLOW_ANONYMOUS: {
    kind: boolean,
    group: 'ldap-bind',
    default: 'false',
    description: 'Lets Authdesk search without a service account.',
  },
} as const satisfies Record<string, Setting>

const peopleSchema = {
  LDAP_BASE_DN: {
    kind: dn,
    group: 'ldap-people',
    description: 'Where the directory’s part for this application begins. Required with ldap and all.',
  },
  LDAP_USER_DN: {
    kind: dn,
    group: 'ldap-people',
    default: 'ou=users',
    empty: 'is a value',
    description:
      'Where people are, relative to LDAP_BASE_DN. Empty: in the whole base. An absolute name works too.',
  },
  LDAP_USER_OBJECT_CLASS: {
    kind: attribute,
    group: 'ldap-people',
    default: 'inetOrgPerson',
    description: 'The object class of people.',
  },
  LDAP_USER_FILTER: {
    kind: filter,
    group: 'ldap-people',
    description: 'A further filter that a person must match.',
  },
  LDAP_USER_LOGIN_ATTR: {
    kind: attribute,
    group: 'ldap-people',
    default: 'uid',
    description: 'Holds the name that people sign in with. Active Directory: sAMAccountName.',
  },
  LDAP_USER_EMAIL_ATTR: {
    kind: attribute,
    group: 'ldap-people',
    default: 'mail',
    description: 'Holds the e-mail address.',
  },
  LDAP_USER_FNAME_ATTR: {
    kind: attribute,
    group: 'ldap-people',
    default: 'givenName',
    description: 'Holds the first name.',
  },
  LDAP_USER_LNAME_ATTR: {
    kind: attribute,
    group: 'ldap-people',
    default: 'sn',
    description: 'Holds the last name.',
  },
  LDAP_UUID_ATTR: {
    kind: attribute,
    group: 'ldap-people',
    description:
      'Holds the entry’s lasting identity. Not set: the first of entryUUID, objectGUID, nsUniqueId and ipaUniqueID that the entry has.',
  },
} as const satisfies Record<string, Setting>

const groupSchema = {
  LDAP_GROUP_DN: {
    kind: dn,
    group: 'ldap-groups',
    default: 'ou=groups',
    empty: 'is a value',
    description:
      'Where groups are, relative to LDAP_BASE_DN. Empty: in the whole base. An absolute name works too.',
  },
  LDAP_GROUP_OBJECT_CLASS: {
    kind: attribute,
    group: 'ldap-groups',
    default: 'groupOfNames',
    description: 'The object class of groups. Active Directory: group.',
  },
  LDAP_GROUP_MEMBER_ATTR: {
    kind: attribute,
    group: 'ldap-groups',
    default: 'member',
    description: 'Holds a group’s members.',
  },
  LDAP_NESTED_GROUPS: {
    kind: boolean,
    group: 'ldap-groups',
    default: 'true',
    description: 'Whether a member of a group inside a group counts.',
  },
  LDAP_REQUIRED_GROUP: {
    kind: text,
    group: 'ldap-groups',
    description: 'Only its members may sign in. The group’s CN or DN.',
  },
  LDAP_ADMIN_GROUP: {
    kind: text,
    group: 'ldap-groups',
    description: 'Its members get the role admin. The group’s CN or DN.',
  },
  LDAP_HELPDESK_GROUP: {
    kind: text,
    group: 'ldap-groups',
    description: 'Its members get the role helpdesk. The group’s CN or DN.',
  },
  LDAP_AUDITOR_GROUP: {
    kind: text,
    group: 'ldap-groups',
    description: 'Its members get the role auditor. The group’s CN or DN.',
  },
} as const satisfies Record<string, Setting>

const trustSchema = {
  LDAP_TLS_CA_CERT_FILE: {
    kind: path,
    group: 'ldap-trust',
    description:
      'A PEM file of certificate authorities to trust beside the system’s. Relative to the profile’s folder.',
  },
  LDAP_TLS_SERVER_NAME: {
    kind: text,
    group: 'ldap-trust',
    description: 'The name that the server’s certificate must hold, where it is not the host’s.',
  },
  LDAP_EMAIL_TRUSTED: {
    kind: boolean,
    group: 'ldap-trust',
    default: 'false',
    description:
      'Whether an e-mail address of the directory may link a person to an account. Only where people cannot edit their own.',
  },
  LDAP_ALLOW_PLAINTEXT: {
    kind: boolean,
    group: 'ldap-trust',
    default: 'false',
    description: 'Lets passwords travel unencrypted to a directory on another machine.',
  },
} as const satisfies Record<string, Setting>

export const ldapSchema = { ...serverSchema, ...bindSchema, ...peopleSchema, ...groupSchema, ...trustSchema }
