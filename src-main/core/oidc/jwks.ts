import { z } from 'zod'
import { AppError } from '../../contract/errors'

/** RFC 7517; what a key is for is read leniently, what it is made of is left to WebCrypto. */
const jwkSchema = z.looseObject({
  kty: z.string(),
  use: z.string().optional(),
  alg: z.string().optional(),
  kid: z.string().optional(),
})
const jwksSchema = z.looseObject({ keys: z.array(jwkSchema) })
export type Jwk = z.infer<typeof jwkSchema>

/** Public-key signatures only: a shared secret or no signature proves nothing about who made a token. */
export const acceptedAlgorithms: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

export function parseJwks(status: number, text: string): readonly Jwk[] {
  if (status !== 200) throw new AppError('OIDC_JWKS', { details: { status } })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new AppError('OIDC_JWKS', { details: { begins: text.trim().slice(0, 60) } })
  }
  const parsed = jwksSchema.safeParse(json)
  if (!parsed.success) throw new AppError('OIDC_JWKS', { details: { reason: 'not a key set' } })
  return parsed.data.keys
}

/** The keys that a signature could be checked with. */
export function signingKeys(keys: readonly Jwk[]): readonly Jwk[] {
  return keys.filter(
    (key) =>
      ['RSA', 'EC', 'OKP'].includes(key.kty) &&
      (key.use === undefined || key.use === 'sig') &&
      (key.alg === undefined || acceptedAlgorithms.includes(key.alg)),
  )
}
