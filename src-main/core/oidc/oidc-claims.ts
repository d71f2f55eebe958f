import { AppError, detailsSchema, type Details } from '../../contract/errors'
import type { OidcPerson, OidcSettings } from '../app/ports'
import { readTeamsClaim } from '../teams/team-claim'
import { mappedRoles, refusalOf, type OidcFacts } from './oidc-policy'

export type Claims = Readonly<Record<string, unknown>>

/** What was validated: the ID token's claims, and userinfo's with an equal `sub` where they were asked for. */
export interface ClaimSources {
  readonly idToken: Claims
  readonly userinfo: Claims | null
}

/** Of the protocol, not of the person; a nonce or hash has no place in what is kept. */
const protocolClaims: ReadonlySet<string> = new Set([
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'jti',
  'sid',
  'exp',
  'iat',
  'nbf',
  'auth_time',
])

/** One claim: the ID token first, userinfo fills the gap; a name with dots reaches into objects. */
export function claimOf(sources: ClaimSources, name: string): unknown {
  return (
    valueAt(sources.idToken, name) ??
    (sources.userinfo === null ? undefined : valueAt(sources.userinfo, name))
  )
}

function valueAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name] ?? undefined
  let value: unknown = claims
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Claims)[part]
  }
  return value ?? undefined
}

const usualScopes = new Set(['openid', 'profile', 'email', 'address', 'phone', 'groups', 'offline_access'])

/** Few providers send teams: userinfo is asked for them where the settings name their claim or a scope of its own. */
const expectsTeams = ({ teamsClaim, scopes }: OidcSettings) =>
  teamsClaim !== 'vikunja_groups' || scopes.some((scope) => !usualScopes.has(scope))

/** Whether userinfo could still fill something that the settings name. */
export function hasGaps(idToken: Claims, provider: OidcSettings): boolean {
  const { usernameClaim, fullNameClaim, emailClaim, groupsClaim, teamsClaim } = provider
  const wanted = [usernameClaim, fullNameClaim, emailClaim, groupsClaim]
  if (expectsTeams(provider)) wanted.push(teamsClaim)
  return wanted.some((name) => name !== null && valueAt(idToken, name) === undefined)
}

export function factsOf(sources: ClaimSources, provider: OidcSettings): OidcFacts {
  const groups = provider.groupsClaim === null ? null : groupsOf(claimOf(sources, provider.groupsClaim))
  const names = claimOf(sources, '_claim_names')
  const named = typeof names === 'object' && names !== null && 'groups' in names
  return {
    email: emailOf(sources, provider.emailClaim),
    emailVerified: emailVerifiedOf(sources, provider.emailClaim),
    groups,
    groupsOverage: groups === null && (named || claimOf(sources, 'hasgroups') === true),
  }
}

/** The person as sign-in gets them, or the `AppError` of the list that refuses them. */
export function personOf(sources: ClaimSources, provider: OidcSettings): OidcPerson {
  const { sub, iss } = sources.idToken
  if (typeof sub !== 'string' || sub === '' || typeof iss !== 'string')
    throw new AppError('OIDC_MISSING_SUBJECT')
  const facts = factsOf(sources, provider)
  const refusal = refusalOf(facts, provider)
  if (refusal !== null)
    throw new AppError(refusal, { details: { provider: provider.slug, email: facts.email } })
  return {
    slug: provider.slug,
    issuer: iss,
    subject: sub,
    username: usernameOf(sources, provider, facts.email),
    login: textOf(claimOf(sources, provider.usernameClaim)),
    email: facts.email,
    emailVerified: facts.emailVerified === true,
    fullName: textOf(claimOf(sources, provider.fullNameClaim)),
    picture: pictureOf(claimOf(sources, 'picture')),
    roles: mappedRoles(facts, provider),
    teams: provider.teamsClaim === null ? null : readTeamsClaim(claimOf(sources, provider.teamsClaim)),
    claims: keptClaims(sources),
  }
}

function usernameOf(sources: ClaimSources, provider: OidcSettings, email: string | null): string | null {
  const localPart = email === null ? null : email.slice(0, email.lastIndexOf('@'))
  return (
    textOf(claimOf(sources, provider.usernameClaim)) ??
    textOf(claimOf(sources, 'nickname')) ??
    textOf(localPart)
  )
}

function emailOf(sources: ClaimSources, claim: string): string | null {
  const email = textOf(claimOf(sources, claim))
  return email !== null && /^[^\s@]+@[^\s@]+$/.test(email) ? email : null
}

/**
 * `email_verified` vouches for the address beside it only: it is taken from a document whose own `email` is the
 * address in question. Providers send it as a boolean or as a string.
 */
function emailVerifiedOf(sources: ClaimSources, claim: string): boolean | null {
  const email = emailOf(sources, claim)
  if (email === null) return null
  for (const document of [sources.idToken, sources.userinfo]) {
    if (document === null || textOf(document['email'])?.toLowerCase() !== email.toLowerCase()) continue
    const verified = booleanOf(document['email_verified'])
    if (verified !== null) return verified
  }
  return null
}

function booleanOf(value: unknown): boolean | null {
  if (value === true || value === 'true') return true
  return value === false || value === 'false' ? false : null
}

/** A list, or one string: several names with commas between, or one distinguished name. */
function groupsOf(value: unknown): readonly string[] | null {
  if (Array.isArray(value)) return value.map(textOf).filter((group) => group !== null)
  if (typeof value !== 'string') return null
  const names = value.includes('=') ? [value] : value.split(',')
  return names.map(textOf).filter((group) => group !== null)
}

function pictureOf(value: unknown): string | null {
  const text = textOf(value)
  return text !== null && text.length <= 2048 && /^https?:\/\//i.test(text) ? text : null
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text === '' ? null : text
}

function keptClaims(sources: ClaimSources): Details {
  const merged = { ...sources.userinfo, ...sources.idToken }
  const kept = Object.entries(merged).filter(
    ([name, value]) => !protocolClaims.has(name) && value !== undefined,
  )
  return detailsSchema.catch({}).parse(Object.fromEntries(kept))
}
