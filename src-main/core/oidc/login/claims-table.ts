import type { ClaimUse, LoginClaim } from '../../../contract/oidc-login'
import type { OidcSettings } from '../../app/ports'
import type { Texts } from '../../app/texts'
import type { ClaimSources, Claims } from '../oidc-claims'
import { textOf } from './token-anatomy'

const protocol: ReadonlySet<string> = new Set([
  ...['aud', 'azp', 'exp', 'iat', 'nbf', 'auth_time', 'acr', 'amr'],
  ...['nonce', 'at_hash', 'c_hash', 's_hash', 'jti', 'sid'],
])
/** Worth something to whoever sees them, or long and without meaning: only their length is said. */
const hidden: ReadonlySet<string> = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'jti', 'sid'])

/** Every claim that came, from where, and what the sign-in does with it. */
export function claimsTable(t: Texts, sources: ClaimSources, provider: OidcSettings): LoginClaim[] {
  const { idToken, userinfo } = sources
  const row =
    (origin: LoginClaim['origin'], use: (name: string) => ClaimUse) =>
    ([name, value]: [string, unknown]): LoginClaim => ({
      ...{ name, origin, use: use(name) },
      value: hidden.has(name) ? t('oidcLogin.claims.hidden', { count: textOf(value).length }) : textOf(value),
    })
  return [
    ...Object.entries(idToken).map(row('id-token', (name) => useOf(name, provider))),
    ...Object.entries(added(idToken, userinfo)).map(
      // Userinfo only fills gaps: where the ID token has the claim, the ID token's is read.
      row('userinfo', (name) => (Object.hasOwn(idToken, name) ? 'none' : useOf(name, provider))),
    ),
  ]
}

/** Without what userinfo merely repeats. */
function added(idToken: Claims, userinfo: Claims | null): Claims {
  const all = Object.entries(userinfo ?? {})
  return Object.fromEntries(all.filter(([name, value]) => textOf(idToken[name]) !== textOf(value)))
}

/** By the names in the settings; a name with dots reaches into the claim before its first dot. */
function useOf(name: string, provider: OidcSettings): ClaimUse {
  const isNamed = (setting: string | null) => setting === name || setting?.startsWith(`${name}.`) === true
  if (name === 'iss') return 'issuer'
  if (name === 'sub') return 'subject'
  if (isNamed(provider.usernameClaim)) return 'username'
  if (isNamed(provider.fullNameClaim)) return 'fullName'
  if (isNamed(provider.emailClaim)) return 'email'
  if (name === 'email_verified') return 'emailVerified'
  if (isNamed(provider.groupsClaim)) return 'groups'
  if (['_claim_names', 'hasgroups'].includes(name)) return 'groups'
  if (name === 'picture') return 'picture'
  return protocol.has(name) ? 'protocol' : 'none'
}
