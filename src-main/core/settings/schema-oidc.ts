import {
  boolean,
  choice,
  commaList,
  groupMap,
  integer,
  looseList,
  path,
  ports,
  secret,
  text,
  url,
  wordList,
} from './kinds'
import type { Setting } from './setting'

const providerSchema = {
  OIDC_PROVIDER_NAME: {
    kind: text,
    group: 'oidc-provider',
    default: 'Single sign-on',
    description: 'What the sign-in button calls the provider.',
  },
  OIDC_PROVIDER_SLUG: {
    kind: text,
    group: 'oidc-provider',
    default: 'default',
    description:
      'The provider’s short name in addresses and commands: letters, digits, dot, hyphen, underscore.',
  },
  OIDC_ISSUER: {
    kind: url,
    group: 'oidc-provider',
    aliases: ['OIDC_ISSUER_URL'],
    description: 'The provider’s address, exactly as its tokens say it. Required with oidc, both and all.',
  },
  OIDC_CLIENT_ID: {
    kind: text,
    group: 'oidc-provider',
    description:
      'The name under which the provider knows this application. Required with oidc, both and all.',
  },
  OIDC_CLIENT_SECRET: {
    kind: secret,
    group: 'oidc-provider',
    description: 'Not set: a public client, protected by PKCE.',
  },
  OIDC_SCOPES: {
    kind: wordList,
    group: 'oidc-provider',
    default: 'openid profile email',
    aliases: ['OIDC_SCOPE'],
    description: 'What is asked of the provider. openid is added where it is missing.',
  },
  OIDC_AUTO_PROVISION: {
    kind: boolean,
    group: 'oidc-provider',
    description:
      'Whether an unknown person gets an account at the first sign-in. Not set: as ALLOW_SELF_REGISTER if that is set, else true.',
  },
} as const satisfies Record<string, Setting>

const claimSchema = {
  OIDC_USERNAME_CLAIM: {
    kind: text,
    group: 'oidc-claims',
    default: 'preferred_username',
    description: 'The claim that holds the user name.',
  },
  OIDC_FULL_NAME_CLAIM: {
    kind: text,
    group: 'oidc-claims',
    default: 'name',
    description: 'The claim that holds the full name.',
  },
  OIDC_EMAIL_CLAIM: {
    kind: text,
    group: 'oidc-claims',
    default: 'email',
    description: 'The claim that holds the e-mail address.',
  },
  OIDC_GROUPS_CLAIM: {
    kind: text,
    group: 'oidc-claims',
    default: 'groups',
    empty: 'is a value',
    description: 'The claim that holds the groups. Empty: groups are not read.',
  },
  OIDC_TEAMS_CLAIM: {
    kind: text,
    group: 'oidc-claims',
    default: 'vikunja_groups',
    empty: 'is a value',
    description:
      'The claim that holds the teams. It must not be the groups’ claim. Empty: teams are not read.',
  },
} as const satisfies Record<string, Setting>

const roleSchema = {
  OIDC_ADMIN_GROUP: {
    kind: text,
    group: 'oidc-roles',
    description: 'Its members get the role admin.',
  },
  OIDC_ADMIN_EMAILS: {
    kind: commaList,
    group: 'oidc-roles',
    default: '',
    description: 'People with one of these verified addresses get the role admin.',
  },
  OIDC_ADMIN_EMAIL_DOMAINS: {
    kind: commaList,
    group: 'oidc-roles',
    default: '',
    description:
      'A verified address in one of these domains gives the role admin when the account is made, and only then.',
  },
  OIDC_ROLE_GROUP_MAP: {
    kind: groupMap,
    group: 'oidc-roles',
    default: '{}',
    aliases: ['OIDC_GROUP_ROLE_MAPPINGS'],
    description: 'Which group gives which role: admin, helpdesk, auditor or user.',
  },
  OIDC_ROLE_SYNC_MODE: {
    kind: choice(['sync', 'additive']),
    group: 'oidc-roles',
    default: 'sync',
    description: 'sync takes a role back when its group is gone; additive keeps it.',
  },
} as const satisfies Record<string, Setting>

const accessSchema = {
  OIDC_ALLOWED_EMAILS: {
    kind: looseList,
    group: 'oidc-access',
    default: '',
    description: 'Only these addresses may sign in. Every list that is set must let the person pass.',
  },
  OIDC_ALLOWED_DOMAINS: {
    kind: looseList,
    group: 'oidc-access',
    default: '',
    description: 'Only addresses in exactly these domains may sign in.',
  },
  OIDC_ALLOWED_GROUPS: {
    kind: looseList,
    group: 'oidc-access',
    default: '',
    description:
      'Only members of one of these groups may sign in. Names with spaces need the JSON form: ["Domain Admins"].',
  },
} as const satisfies Record<string, Setting>

const redirectSchema = {
  OIDC_REDIRECT_URI: {
    kind: url,
    group: 'oidc-redirect',
    aliases: ['OIDC_REDIRECT_URL'],
    description:
      'An http address on this machine (127.0.0.1, [::1], localhost) says where Authdesk listens for the answer. Any other belongs to the application and is only checked.',
  },
  BASE_URL: {
    kind: url,
    group: 'oidc-redirect',
    description:
      'The application’s own address; its redirect URI follows from it where OIDC_REDIRECT_URI is not set.',
  },
  OIDC_POST_LOGOUT_REDIRECT_URI: {
    kind: url,
    group: 'oidc-redirect',
    description:
      'Set, signing out also opens the provider’s own sign-out, where it offers one, and this is where it sends the browser afterwards: an http address on this machine, on which Authdesk listens, or a page of the application. Register it at the provider.',
  },
  OIDC_LOOPBACK_HOST: {
    kind: choice(['127.0.0.1', '[::1]', 'localhost']),
    group: 'oidc-redirect',
    default: '127.0.0.1',
    description: 'Where Authdesk listens for the provider’s answer.',
  },
  OIDC_LOOPBACK_PORTS: {
    kind: ports,
    group: 'oidc-redirect',
    default: '',
    description: 'The ports to listen on; the first free one is taken. Empty: any free port.',
  },
} as const satisfies Record<string, Setting>

const networkSchema = {
  OIDC_CA_BUNDLE: {
    kind: path,
    group: 'oidc-network',
    description:
      'A PEM file of certificate authorities to trust beside the system’s. Relative to the profile’s folder.',
  },
  OIDC_METADATA_FETCH_TIMEOUT: {
    kind: integer(1, 120, 'seconds'),
    group: 'oidc-network',
    default: '10',
    description: 'How long Authdesk waits for each answer of the provider.',
  },
  OIDC_METADATA_RETRY_ATTEMPTS: {
    kind: integer(1, 10, 'tries'),
    group: 'oidc-network',
    default: '3',
    description: 'How often the provider’s description is asked for before it counts as unreachable.',
  },
  OIDC_METADATA_RETRY_DELAY: {
    kind: integer(0, 60, 'seconds'),
    group: 'oidc-network',
    default: '2',
    description: 'The pause before the second try; it doubles with each further one.',
  },
  OIDC_METADATA_REFRESH_INTERVAL: {
    kind: integer(0, 604_800, 'seconds'),
    group: 'oidc-network',
    default: '3600',
    effect: 'not yet',
    description: 'How often the provider’s description is fetched anew. 0: never.',
  },
  OIDC_DNS_RESOLUTION_STRATEGY: {
    kind: choice(['auto', 'socket', 'getaddrinfo', 'both']),
    group: 'oidc-network',
    default: 'auto',
    effect: 'not yet',
    description: 'How the provider’s name is looked up: by the system, by a direct DNS query, or both.',
  },
  OIDC_IP_CACHE_TTL: {
    kind: integer(0, 86_400, 'seconds'),
    group: 'oidc-network',
    default: '300',
    effect: 'not yet',
    description: 'How long a looked-up address is kept.',
  },
} as const satisfies Record<string, Setting>

export const oidcSchema = {
  ...providerSchema,
  ...claimSchema,
  ...roleSchema,
  ...accessSchema,
  ...redirectSchema,
  ...networkSchema,
}

/** The fields of `OIDC_PROVIDER_<n>_…`. What grants (admin, roles) is never inherited from the single form. */
export const numberedSchema = {
  NAME: { kind: text, group: 'oidc-provider', description: 'What the sign-in button calls provider n.' },
  SLUG: {
    kind: text,
    group: 'oidc-provider',
    description: 'Its short name. Not set: made from its name.',
  },
  ISSUER: {
    kind: url,
    group: 'oidc-provider',
    aliases: ['ISSUER_URL'],
    description: 'As OIDC_ISSUER. Required.',
  },
  CLIENT_ID: { kind: text, group: 'oidc-provider', description: 'As OIDC_CLIENT_ID. Required.' },
  CLIENT_SECRET: { kind: secret, group: 'oidc-provider', description: 'As OIDC_CLIENT_SECRET.' },
  SCOPE: {
    kind: wordList,
    group: 'oidc-provider',
    aliases: ['SCOPES'],
    description: 'As OIDC_SCOPES, which it falls back to.',
  },
  AUTO_PROVISION: {
    kind: boolean,
    group: 'oidc-provider',
    description: 'As OIDC_AUTO_PROVISION, which it falls back to.',
  },
  ADMIN_EMAIL_DOMAINS: {
    kind: commaList,
    group: 'oidc-roles',
    default: '',
    description: 'As OIDC_ADMIN_EMAIL_DOMAINS, which it does not inherit.',
  },
  ADMIN_GROUP: {
    kind: text,
    group: 'oidc-roles',
    description: 'As OIDC_ADMIN_GROUP, which it does not inherit.',
  },
  ADMIN_EMAILS: {
    kind: commaList,
    group: 'oidc-roles',
    default: '',
    description: 'As OIDC_ADMIN_EMAILS, which it does not inherit.',
  },
  ROLE_GROUP_MAP: {
    kind: groupMap,
    group: 'oidc-roles',
    default: '{}',
    description: 'As OIDC_ROLE_GROUP_MAP, which it does not inherit.',
  },
  REDIRECT_URI: {
    kind: url,
    group: 'oidc-redirect',
    description: 'As OIDC_REDIRECT_URI, which it falls back to.',
  },
  CA_BUNDLE: { kind: path, group: 'oidc-network', description: 'As OIDC_CA_BUNDLE, which it falls back to.' },
} as const satisfies Record<string, Setting>
