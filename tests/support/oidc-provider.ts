import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider, type Context } from 'oidc-provider'

/** Claims of one person; `sub` is the account's key. */
export type ProviderClaims = Readonly<Record<string, unknown>>

export interface ProviderOptions {
  /** Accounts by key, merged over `defaultAccounts`; each answers with these claims. */
  readonly accounts?: Readonly<Record<string, ProviderClaims>>
  /** Exact redirect URIs of both clients; by default any loopback port with the path `/callback`. */
  readonly redirectUris?: readonly string[]
  /** Where both clients may be sent after a sign-out; by default any loopback port with the path `/signed-out`. */
  readonly postLogoutRedirectUris?: readonly string[]
  /** Whether it has a sign-out for applications; it has, if not given. */
  readonly endSession?: 'none'
  /** Where claims appear besides the always complete userinfo. */
  readonly claimsIn?: 'id_token' | 'userinfo'
  /** Whether a refresh token comes with every sign-in, and whether each renewal brings a new one; without, none comes. */
  readonly refreshTokens?: 'rotating' | 'lasting'
}

export interface RunningProvider {
  readonly issuer: string
  readonly port: number
  /** The confidential client. */
  readonly clientId: string
  readonly clientSecret: string
  /** The native client without a secret. */
  readonly publicClientId: string
  /**
   * Who is signed in by the next visit of the browser: nobody types anything. `null` refuses (`access_denied`);
   * `'wait'` shows a page that never goes on, as a person does who walks away.
   */
  readonly signInAs: (account: string | null) => void
  /** Changes an account's claims from the next sign-in on. */
  readonly setClaims: (account: string, claims: ProviderClaims) => void
  /** Who is signed in at the provider, in whatever browser. */
  readonly signedIn: () => string[]
  /** Everything that was granted is void, as when an administrator ends a person's sessions there. */
  readonly revokeEverything: () => void
  /** While it is down every connection is cut before an answer. */
  readonly setDown: (down: boolean) => void
  /** The `grant_type` of each request for tokens so far. */
  readonly tokenRequests: readonly string[]
  /** What was answered to each question whether to sign out there: `yes`, or nothing. */
  readonly signOuts: readonly string[]
  readonly stop: () => Promise<void>
}

export const defaultAccounts: Readonly<Record<string, ProviderClaims>> = {
  ada: {
    email: 'ada@example.org',
    email_verified: true,
    preferred_username: 'ada',
    nickname: 'countess',
    name: 'Ada Lovelace',
    groups: ['staff', 'desk-admins'],
  },
  grace: {
    email: 'grace@example.org',
    email_verified: true,
    preferred_username: 'grace',
    nickname: 'amazing',
    name: 'Grace Hopper',
    groups: ['staff'],
  },
  mallory: {
    email: 'mallory@example.net',
    email_verified: false,
    preferred_username: 'mallory',
    name: 'Mallory Unverified',
    groups: [],
  },
}

const loopbackRedirects = [
  'http://127.0.0.1/callback',
  'http://localhost/callback',
  'http://[::1]/callback',
] as const

/** A real `oidc-provider` on a free loopback port; starts with `ada` signed in. Stop it when done. */
export async function startProvider(options: ProviderOptions = {}): Promise<RunningProvider> {
  const server = createServer()
  await listen(server)
  const port = (server.address() as AddressInfo).port
  const issuer = `http://127.0.0.1:${port}`
  const accounts = new Map(Object.entries({ ...defaultAccounts, ...options.accounts }))
  const current = { account: 'ada' as string | null }
  const stored = new Map<string, Stored>()
  const provider = new Provider(issuer, await configurationOf({ accounts, stored }, options))
  const tokenRequests: string[] = []
  const signOuts: string[] = []
  let isDown = false
  provider.use(autoSignIn(provider, current))
  provider.use(async (ctx, next) => {
    await next()
    const { oidc } = ctx as unknown as { oidc: { route?: string; params?: Record<string, string> } | null }
    if (oidc?.route === 'end_session_confirm') signOuts.push(oidc.params?.['logout'] ?? '')
    if (oidc?.route === 'token') tokenRequests.push(oidc.params?.['grant_type'] ?? '')
  })
  const answer = provider.callback()
  server.on('request', (request, response) => (isDown ? request.destroy() : answer(request, response)))
  return {
    issuer,
    port,
    clientId: 'desk-confidential',
    clientSecret: clientSecret,
    publicClientId: 'desk-public',
    signInAs: (account) => {
      current.account = account
    },
    setClaims: (account, claims) => void accounts.set(account, claims),
    signedIn: () =>
      [...stored].flatMap(([key, { payload }]) =>
        key.startsWith('Session:') && typeof payload['accountId'] === 'string' ? [payload['accountId']] : [],
      ),
    revokeEverything: () => stored.clear(),
    setDown: (down) => (isDown = down),
    tokenRequests,
    signOuts,
    stop: () => close(server),
  }
}

const clientSecret = 'loopback-test-secret-0123456789abcdef'

async function configurationOf(
  { accounts, stored }: { accounts: ReadonlyMap<string, ProviderClaims>; stored: Map<string, Stored> },
  options: ProviderOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const redirectUris = options.redirectUris ?? loopbackRedirects
  const client = {
    application_type: 'native',
    redirect_uris: redirectUris,
    response_types: ['code'],
    post_logout_redirect_uris: options.postLogoutRedirectUris ?? ['http://127.0.0.1/signed-out'],
  }
  const grants = ['authorization_code', 'refresh_token']
  return {
    adapter: (model: string) => new MemoryAdapter(stored, model),
    clients: [
      {
        ...client,
        client_id: 'desk-confidential',
        client_secret: clientSecret,
        grant_types: grants,
        token_endpoint_auth_method: 'client_secret_basic',
      },
      { ...client, client_id: 'desk-public', grant_types: grants, token_endpoint_auth_method: 'none' },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'test-key', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['a-key-that-only-signs-cookies-of-tests'] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'nickname', 'preferred_username', 'picture', 'groups'],
      groups: ['groups'],
      vikunja_scope: ['vikunja_groups'],
    },
    scopes: ['openid', 'offline_access', 'email', 'profile', 'groups', 'vikunja_scope'],
    conformIdTokenClaims: options.claimsIn === 'userinfo',
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: options.endSession !== 'none', logoutSource: askToLeave },
    },
    pkce: { required: () => true },
    issueRefreshToken: () => options.refreshTokens !== undefined,
    rotateRefreshToken: options.refreshTokens === 'rotating',
    ttl: {
      Session: 600,
      Interaction: 600,
      Grant: 600,
      AccessToken: 600,
      // Longer than a test's clock runs ahead while it renews.
      IdToken: options.refreshTokens === undefined ? 600 : 7200,
      AuthorizationCode: 60,
      RefreshToken: 86_400,
    },
    interactions: { url: (_ctx: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...accounts.get(sub) }),
    }),
    loadExistingGrant: grantEverything,
    renderError: (ctx: Context, out: Readonly<Record<string, string>>) => {
      ctx.type = 'html'
      ctx.body = `<!doctype html><title>Error</title><p>${out['error'] ?? ''}: ${out['error_description'] ?? ''}</p>`
    },
  }
}

/** The page that asks whether to sign out, without the provider's own looks. */
function askToLeave(ctx: Context, form: string): void {
  ctx.type = 'html'
  ctx.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`
}

/** Consent is given beforehand: the tests are about the desk, not about the provider's pages. */
async function grantEverything(ctx: Context & { oidc: { provider: Provider } }): Promise<unknown> {
  const { provider, client, session, params } = ctx.oidc
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId })
  grant.addOIDCScope(params['scope'] ?? 'openid')
  await grant.save()
  return grant
}

function autoSignIn(
  provider: Provider,
  current: { readonly account: string | null },
): (ctx: Context, next: () => Promise<void>) => Promise<void> {
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next()
    if (current.account === 'wait') {
      ctx.type = 'html'
      ctx.body = '<!doctype html><title>Sign in</title><p>Waiting for somebody to sign in.</p>'
      return
    }
    const result =
      current.account === null
        ? { error: 'access_denied', error_description: 'The person refused.' }
        : { login: { accountId: current.account, remember: false }, consent: {} }
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result))
  }
}

interface Stored {
  readonly payload: Record<string, unknown>
  readonly grantId: unknown
}

/** What `oidc-provider` keeps, in memory and without its warning about the adapter it comes with. */
class MemoryAdapter {
  constructor(
    private readonly shared: Map<string, Stored>,
    private readonly model: string,
  ) {}

  upsert(id: string, payload: Record<string, unknown>): Promise<void> {
    this.shared.set(this.key(id), { payload, grantId: payload['grantId'] })
    return Promise.resolve()
  }

  find(id: string): Promise<Record<string, unknown> | undefined> {
    return Promise.resolve(this.shared.get(this.key(id))?.payload)
  }

  findByUid(uid: string): Promise<Record<string, unknown> | undefined> {
    const found = [...this.shared.entries()].find(
      ([key, { payload }]) => key.startsWith(`${this.model}:`) && payload['uid'] === uid,
    )
    return Promise.resolve(found?.[1].payload)
  }

  consume(id: string): Promise<void> {
    const stored = this.shared.get(this.key(id))
    if (stored !== undefined) stored.payload['consumed'] = Math.floor(Date.now() / 1000)
    return Promise.resolve()
  }

  destroy(id: string): Promise<void> {
    this.shared.delete(this.key(id))
    return Promise.resolve()
  }

  /** Of this model's alone: an interaction that goes on has the same grant as the tokens that are revoked. */
  revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, stored] of this.shared) {
      if (stored.grantId === grantId && key.startsWith(`${this.model}:`)) this.shared.delete(key)
    }
    return Promise.resolve()
  }

  private key(id: string): string {
    return `${this.model}:${id}`
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
