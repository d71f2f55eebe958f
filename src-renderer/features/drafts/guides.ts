import type { SettingField } from '../../../src-main/contract/settings'
import { nameHere } from './provider-numbers'
import { directoryPresets, providerPresets, type Preset } from './presets'

export const guideIds = ['ldap', 'oidc'] as const
export type GuideId = (typeof guideIds)[number]

type StepOfLdap = 'server' | 'trust' | 'bind' | 'people' | 'groups'
type StepOfOidc = 'issuer' | 'client' | 'claims' | 'register'
type StepId = StepOfLdap | StepOfOidc | 'application' | 'save'

export interface Step {
  readonly id: StepId
  /** Settings by name, in this order; then those of the groups that are not named in any step. */
  readonly names: readonly string[]
  readonly groups?: readonly string[]
}

export interface Guide {
  readonly presets: readonly Preset[]
  readonly steps: readonly Step[]
}

const guides: Readonly<Record<GuideId, Guide>> = {
  ldap: {
    presets: directoryPresets,
    steps: [
      { id: 'server', names: ['AUTH_METHOD', 'LDAP_HOST', 'LDAP_PORT', 'LDAP_TIMEOUT'] },
      {
        id: 'trust',
        names: [
          ...['LDAP_USE_SSL', 'LDAP_USE_TLS', 'LDAP_TLS_CA_CERT_FILE', 'LDAP_TLS_SERVER_NAME'],
          'LDAP_ALLOW_PLAINTEXT',
        ],
      },
      { id: 'bind', names: ['LDAP_BIND_DN', 'LDAP_BIND_PASSWORD', 'LDAP_ALLOW_ANONYMOUS'] },
      { id: 'people', names: ['LDAP_BASE_DN'], groups: ['ldap-people'] },
      { id: 'groups', names: [], groups: ['ldap-groups'] },
      { id: 'application', names: ['AUTHDESK_APP_DB', 'AUTHDESK_APP_DB_PASSWORD'] },
      { id: 'save', names: [] },
    ],
  },
  oidc: {
    presets: providerPresets,
    steps: [
      {
        id: 'issuer',
        names: [
          ...['AUTH_METHOD', 'OIDC_PROVIDER_NAME', 'OIDC_PROVIDER_SLUG', 'OIDC_ISSUER'],
          'OIDC_CA_BUNDLE',
        ],
      },
      { id: 'client', names: ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] },
      { id: 'claims', names: ['OIDC_SCOPES'], groups: ['oidc-claims'] },
      { id: 'register', names: [], groups: ['oidc-redirect'] },
      { id: 'application', names: ['AUTHDESK_APP_DB', 'AUTHDESK_APP_DB_PASSWORD'] },
      { id: 'save', names: [] },
    ],
  },
}

export const guideOf = (id: GuideId): Guide => guides[id]

interface Where {
  readonly guide: Guide
  /** The provider's number; null where it has none. */
  readonly n: number | null
}

export function fieldsOf(
  step: Step,
  all: readonly SettingField[],
  { guide, n }: Where,
): readonly SettingField[] {
  const named = new Set(guide.steps.flatMap(({ names }) => names))
  const own = step.names.flatMap((name) => all.filter((field) => field.name === nameHere(name, n)))
  return [
    ...own,
    ...all.filter(({ name, group }) => step.groups?.includes(group) === true && !named.has(name)),
  ]
}
