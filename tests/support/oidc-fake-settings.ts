import type { Logger, OidcSettings } from '../../src-main/core/app/ports'

/** A provider's settings as a test needs them: everything by default, nothing waits long. */
export function oidcSettings(overrides: Partial<OidcSettings> = {}): OidcSettings {
  return {
    slug: 'test',
    name: 'Test provider',
    issuer: 'https://idp.example.org',
    clientId: 'desk',
    clientSecret: null,
    scopes: ['openid', 'profile', 'email'],
    usernameClaim: 'preferred_username',
    fullNameClaim: 'name',
    emailClaim: 'email',
    groupsClaim: 'groups',
    teamsClaim: 'vikunja_groups',
    adminGroup: null,
    adminEmails: [],
    adminEmailDomains: [],
    roleGroupMap: {},
    roleSyncMode: 'sync',
    allowedEmails: [],
    allowedDomains: [],
    allowedGroups: [],
    autoProvision: true,
    redirectUri: null,
    loopback: { host: '127.0.0.1', ports: [], path: '/callback' },
    postLogout: null,
    caFile: null,
    caSetting: 'OIDC_CA_BUNDLE',
    timeout: 5,
    retries: 1,
    retryDelay: 0,
    missing: [],
    ...overrides,
  }
}

export interface LogLine {
  readonly level: keyof Logger
  readonly fields: object
  readonly message: string
}

/** Keeps what would be logged, so that a test can look for what must not be in it. */
export function createLogBook(): { readonly logger: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = []
  const write =
    (level: keyof Logger) =>
    (fields: object, message: string): void =>
      void lines.push({ level, fields, message })
  return {
    lines,
    logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
  }
}

export const systemClock = { now: (): Date => new Date() }
