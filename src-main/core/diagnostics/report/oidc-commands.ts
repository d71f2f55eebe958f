import type { OidcReport } from '../../../contract/oidc'
import type { OidcSettings } from '../../app/ports'
import type { Texts } from '../../app/texts'
import { discoveryAddress, isAllowedAddress } from '../../oidc/addresses'
import type { Line } from './ldap-commands'
import type { Scrub } from './scrub'
import type { ShellPart, ShellValue } from './shell-line'

export interface OidcLinesOf {
  readonly provider: OidcSettings
  readonly report: OidcReport
  readonly texts: Texts
  readonly scrub: Scrub
}

export type OidcPurpose = 'certificates' | 'discovery' | 'jwks' | 'client' | 'redirect'

type Endpoint = 'jwks_uri' | 'token_endpoint' | 'authorization_endpoint'

/** The lines of curl and OpenSSL that ask the provider what the test asked. */
export function oidcLines(run: OidcLinesOf): readonly Line<OidcPurpose>[] {
  const { issuer } = run.provider
  if (!isAllowedAddress(issuer, issuer)) return []
  const jwks = endpointOf(run, 'jwks_uri')
  return [
    ...certificates(run),
    ['discovery', [...curl(run), '--fail-with-body', safe(run, discoveryAddress(issuer))]],
    ...(jwks === null ? [] : [['jwks', [...curl(run), '--fail-with-body', safe(run, jwks)]] as const]),
    ...client(run),
    ...redirect(run),
  ]
}

const safe = ({ scrub }: OidcLinesOf, text: string): ShellValue => ({ value: scrub(text) })

/** No file of a person's may change what is sent, and nothing but the asked address is followed. */
function curl(run: OidcLinesOf): ShellPart[] {
  const { caFile } = run.provider
  return ['curl -q -sS', ...(caFile === null ? [] : ['--cacert', safe(run, caFile)])]
}

function certificates(run: OidcLinesOf): Line<OidcPurpose>[] {
  const { caFile, issuer } = run.provider
  const url = new URL(issuer)
  if (url.protocol !== 'https:') return []
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  const isAddress = /^[\d.]+$/.test(bare) || bare.includes(':')
  const name: ShellPart[] = isAddress
    ? ['-noservername -verify_ip', safe(run, bare)]
    : ['-servername', safe(run, bare), '-verify_hostname', safe(run, bare)]
  const connect = safe(run, `${url.hostname}:${url.port === '' ? '443' : url.port}`)
  const authority = caFile === null ? [] : ['-CAfile', safe(run, caFile)]
  const end = '-verify_return_error -showcerts < /dev/null'
  return [['certificates', ['openssl s_client -connect', connect, ...name, ...authority, end]]]
}

/** As the stage `endpoints` found it; only what the test itself would ask too. */
function endpointOf({ report, texts, provider }: OidcLinesOf, endpoint: Endpoint): string | null {
  const stage = report.stages.find(({ id }) => id === 'endpoints')
  const label = texts(`oidc.label.${endpoint}`)
  const value = stage?.detail.find((each) => each.label === label)?.value ?? null
  return value !== null && isAllowedAddress(value, provider.issuer) ? value : null
}

function redirectUriOf({ loopback: { host, ports, path } }: OidcSettings): string {
  return `http://${host}:${ports[0] ?? 49_152}${path}`
}

/** curl encodes what comes after the first `=`. */
const field = (run: OidcLinesOf, name: string, text: string): ShellPart[] => [
  '--data-urlencode',
  safe(run, `${name}=${text}`),
]

/** Asks without showing what is typed; the secret goes through a pipe, never into an argument. */
const askSecret =
  String.raw`{ printf 'Client secret: ' >&2; stty -echo 2>/dev/null; IFS= read -r secret; ` +
  String.raw`stty echo 2>/dev/null; echo >&2; printf %s "$secret"; } |`

/** A made-up code, as in the test: `invalid_grant` says that the client was accepted. */
function client(run: OidcLinesOf): Line<OidcPurpose>[] {
  const { provider } = run
  const address = endpointOf(run, 'token_endpoint')
  if (address === null) return []
  const code = [
    ...field(run, 'grant_type', 'authorization_code'),
    ...['--data-urlencode code=made-up', '--data-urlencode code_verifier=made-up'],
    ...field(run, 'redirect_uri', redirectUriOf(provider)),
  ]
  const method = methodOf(run)
  if (method === 'client_secret_basic') {
    // RFC 6749 section 2.3.1: form-encoded, so that it holds no colon. Without one curl asks for the rest.
    const user = ['--basic -u', safe(run, encodeURIComponent(provider.clientId))]
    return [['client', [...curl(run), ...user, ...code, safe(run, address)]]]
  }
  const own = field(run, 'client_id', provider.clientId)
  if (method === 'none') return [['client', [...curl(run), ...own, ...code, safe(run, address)]]]
  const secret = '--data-urlencode client_secret@-'
  return [['client', [askSecret, ...curl(run), ...own, ...code, secret, safe(run, address)]]]
}

/** As the stage `client` says that it proved itself; before that, as the settings let it. */
function methodOf({ provider, report, texts }: OidcLinesOf): string {
  if (provider.clientSecret === null) return 'none'
  const stage = report.stages.find(({ id }) => id === 'client')
  const label = texts('oidc.label.method')
  return stage?.detail.find((each) => each.label === label)?.value ?? 'client_secret_basic'
}

/** Nobody is shown anything: `prompt=none` has the provider answer at once. */
function redirect(run: OidcLinesOf): Line<OidcPurpose>[] {
  const { provider } = run
  const address = endpointOf(run, 'authorization_endpoint')
  if (address === null) return []
  const parameters = {
    response_type: 'code',
    client_id: provider.clientId,
    redirect_uri: redirectUriOf(provider),
    scope: provider.scopes.join(' '),
    prompt: 'none',
    code_challenge_method: 'S256',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  }
  const fields = Object.entries(parameters).flatMap(([name, text]) => field(run, name, text))
  return [['redirect', [...curl(run), '-o /dev/null -D - -G', ...fields, safe(run, address)]]]
}
