import { z } from 'zod'
import type { TokenAnatomy } from '../../../contract/oidc-login'
import type { Texts } from '../../app/texts'
import type { Claims } from '../oidc-claims'
import type { Evidence } from '../oidc-ladder'

const headerSchema = z.record(z.string(), z.unknown())
const times = ['iat', 'nbf', 'exp', 'auth_time'] as const
/** Milliseconds that a date can hold; a claim may be any number. */
const latest = 8.64e15

/** An ID token that was checked, taken apart for reading (RFC 7515 §4, OpenID Connect Core §2). */
export function anatomyOf(token: string, claims: Claims, now: Date): TokenAnatomy {
  const { iss, sub, aud, azp } = claims
  return {
    header: Object.entries(headerOf(token)).map(([label, value]) => ({ label, value: textOf(value) })),
    issuer: textOf(iss),
    subject: textOf(sub),
    audience: (Array.isArray(aud) ? aud : [aud]).map(textOf),
    party: azp === undefined ? null : textOf(azp),
    times: times.flatMap((claim) => timeOf(claim, claims[claim], now)),
  }
}

function timeOf(claim: (typeof times)[number], value: unknown, now: Date): TokenAnatomy['times'] {
  if (typeof value !== 'number' || Math.abs(value * 1000) > latest) return []
  const at = new Date(value * 1000)
  return [{ claim, at: at.toISOString(), seconds: Math.round((at.getTime() - now.getTime()) / 1000) }]
}

function headerOf(token: string): Record<string, unknown> {
  try {
    const text = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')
    return headerSchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}

export function anatomyEvidence(t: Texts, { header, audience, times: all }: TokenAnatomy): Evidence[] {
  return [
    ...header.map(({ label, value }) => ({ label, value })),
    { label: 'aud', value: audience.join(', ') },
    ...all.map(({ claim, at, seconds }) => ({
      label: claim,
      value: t(seconds > 0 ? 'oidcLogin.idtoken.in' : 'oidcLogin.idtoken.ago', {
        at,
        seconds: Math.abs(seconds),
      }),
    })),
  ]
}

export function textOf(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
