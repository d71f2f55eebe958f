import { AppError } from '../../contract/errors'
import type { Clock, Logger, OidcSettings } from '../app/ports'
import type { Texts } from '../app/texts'
import type { TimeSample } from '../diagnostics/clock-offset'
import { withoutSecrets } from './answer-text'
import type { Answer, AuthMethod } from './oidc-client'
import type { Discovery } from './oidc-discovery'
import type { OidcChannel } from './oidc-fetch'
import type { Jwk } from './jwks'
import type { Evidence } from './oidc-ladder'
import type { Product } from './rule-book/products'
import type { TlsExamination } from './tls-examination'

/** One run of the doctor: what was asked for, and what the stages so far have found. */
export interface Examination {
  readonly provider: OidcSettings
  readonly clock: Clock
  readonly logger: Logger
  readonly texts: Texts
  readonly signal: AbortSignal
  channel: OidcChannel | null
  address: string | null
  addresses: readonly string[]
  discovery: Discovery | null
  /** Which product it is, by its issuer and then by its description. */
  product: Product | null
  /** How the client proved itself without being refused as such. */
  method: AuthMethod | null
  /** The last answer that was no success. */
  answer: Answer | null
  /** The handshake with the provider. */
  tls: TlsExamination | null
  keys: readonly Jwk[] | null
  /** What the provider's clock said, and when it was asked. */
  readonly times: TimeSample[]
  readonly thirdClock?: ThirdClock | undefined
}

/** Another clock than the provider's and this computer's: the directory's, where it tells its time. */
export type ThirdClock = (signal: AbortSignal) => Promise<TimeSample | null>

export const emptyExamination = {
  ...{ channel: null, address: null, addresses: [], discovery: null },
  ...{ product: null, method: null, answer: null, tls: null, keys: null },
} as const

/** A failure with the whole answer that it came from; no secret and no token stays in it. */
export function withAnswer({ answer, provider }: Examination, failure: AppError): AppError {
  if (answer === null || answer.body.trim() === '') return failure
  const body = withoutSecrets(answer.body, [provider.clientSecret])
  const details = { ...failure.details, status: answer.status, body }
  return new AppError(failure.code, { details, cause: failure })
}

/** What an earlier stage found; the ladder runs no stage whose dependencies did not pass. */
export function found<T>(value: T | null): T {
  if (value === null) throw new Error('a stage ran before the one it depends on')
  return value
}

/** Evidence in the catalogue's words; what is unknown is left out. */
export function evidence(
  t: Texts,
  values: Readonly<Record<string, string | number | null | undefined>>,
): Evidence[] {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => ({ label: t(`oidc.label.${name}`), value: String(value) }))
}
