import { z } from 'zod'
import { AppError } from '../../contract/errors'
import { acceptedAlgorithms } from './jwks'

const headerSchema = z.looseObject({ alg: z.string(), enc: z.string().optional() })
const tokenAnswerSchema = z.looseObject({ id_token: z.string().optional() })

/** How far clocks may differ, in seconds. */
export const clockTolerance = 300

/** Looks at the form before any library does: an encrypted or differently signed token is named as what it is. */
export function inspectIdToken(token: string): void {
  const parts = token.split('.')
  if (parts.length === 5) throw new AppError('OIDC_ID_TOKEN_ENCRYPTED')
  if (parts.length !== 3) throw new AppError('OIDC_ID_TOKEN_MALFORMED', { details: { parts: parts.length } })
  const header = readHeader(parts[0] ?? '')
  if (header.enc !== undefined)
    throw new AppError('OIDC_ID_TOKEN_ENCRYPTED', { details: { enc: header.enc } })
  if (!acceptedAlgorithms.includes(header.alg)) {
    throw new AppError('OIDC_ID_TOKEN_ALGORITHM', { details: { alg: header.alg.slice(0, 20) } })
  }
}

function readHeader(encoded: string): z.infer<typeof headerSchema> {
  try {
    return headerSchema.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')))
  } catch {
    throw new AppError('OIDC_ID_TOKEN_MALFORMED', { details: { part: 'header' } })
  }
}

/** The ID token in the body of a successful token answer must be of a form that can be checked. */
export function inspectTokenAnswer(body: string, idToken: 'required' | 'optional' = 'required'): void {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    throw new AppError('OIDC_TOKEN_EXCHANGE', { details: { reason: 'The answer is not JSON.' } })
  }
  const answer = tokenAnswerSchema.safeParse(json)
  const token = answer.data?.id_token
  const isMissing = token === undefined && idToken === 'required'
  if (!answer.success || isMissing)
    throw new AppError('OIDC_ID_TOKEN_MALFORMED', { details: { part: 'id_token' } })
  if (token !== undefined) inspectIdToken(token)
}

const extraSchema = z.looseObject({ iat: z.number(), azp: z.string().optional() })

/** What openid-client leaves out: an authorised party that isn't us, and a token made in the future. */
export function checkExtraClaims(claims: unknown, clientId: string, now: Date): void {
  const parsed = extraSchema.safeParse(claims)
  if (!parsed.success) throw new AppError('OIDC_ID_TOKEN_MALFORMED')
  const { azp, iat } = parsed.data
  if (azp !== undefined && azp !== clientId) {
    throw new AppError('OIDC_ID_TOKEN_AUDIENCE', {
      details: { claim: 'azp', expected: clientId, actual: azp },
    })
  }
  if (iat > now.getTime() / 1000 + clockTolerance) {
    throw new AppError('OIDC_ID_TOKEN_NOT_YET_VALID', { details: { claim: 'iat', actual: iat } })
  }
}
