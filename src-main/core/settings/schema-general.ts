import { authMethods } from '../../contract/app'
import { applicationKinds } from '../../contract/profiles'
import { boolean, choice, commaList, integer } from './kinds'
import type { Setting } from './setting'

export const generalSchema = {
  AUTH_METHOD: {
    kind: choice(authMethods),
    group: 'general',
    description:
      'How people sign in. Any case. Without it, it follows from OIDC_ENABLED, LDAP_ENABLED and PASSWORD_AUTH_ENABLED.',
  },
  OIDC_ENABLED: {
    kind: boolean,
    group: 'general',
    description: 'false switches every OpenID provider off. Without AUTH_METHOD, true switches them on.',
  },
  LDAP_ENABLED: {
    kind: boolean,
    group: 'general',
    description: 'Only read without AUTH_METHOD: true makes the directory a way to sign in.',
  },
  PASSWORD_AUTH_ENABLED: {
    kind: boolean,
    group: 'general',
    description:
      'Only read without AUTH_METHOD: false leaves no local passwords beside OpenID. Counts as true when not set.',
  },
  AUTH_HIDE_LOCAL_LOGIN: {
    kind: boolean,
    group: 'general',
    default: 'false',
    aliases: ['PULSE_AUTH_HIDE_LOCAL_LOGIN'],
    description: 'Hides the password form from the sign-in page. The mode stays what it is.',
  },
  AUTHDESK_PRODUCTION: {
    kind: boolean,
    group: 'general',
    default: 'false',
    description: 'Marks the profile as production: the window shows it, and AUTH_METHOD=none is refused.',
  },
  AUTHDESK_APPLICATION: {
    kind: choice(applicationKinds),
    group: 'general',
    description:
      'Whose settings these are, which decides the names of an export. Not set: recognised by the names in the file.',
  },
  ALLOW_SELF_REGISTER: {
    kind: boolean,
    group: 'passwords',
    default: 'false',
    description: 'Whether people may make their own local account.',
  },
  ADMIN_USERNAMES: {
    kind: commaList,
    group: 'passwords',
    default: '',
    description: 'Local accounts with these names get the role admin after they have signed in.',
  },
  PASSWORD_MIN_LENGTH: {
    kind: integer(8, 128, 'characters'),
    group: 'passwords',
    default: '12',
    description: 'The shortest local password that is accepted.',
  },
  SESSION_MAX_HOURS: {
    kind: integer(1, 2160, 'hours'),
    group: 'passwords',
    default: '8',
    description:
      'When a console session ends. More than a working day lets whoever finds the desk open act longer.',
  },
  SESSION_IDLE_MINUTES: {
    kind: integer(1, 480, 'minutes'),
    group: 'passwords',
    default: '30',
    description: 'After so long without a key or a click the console locks.',
  },
  AUDIT_RETENTION_DAYS: {
    kind: integer(30, 36500, 'days'),
    group: 'general',
    default: '400',
    description: 'How long audit records are kept. What is left of the chain stays verifiable.',
  },
} as const satisfies Record<string, Setting>
