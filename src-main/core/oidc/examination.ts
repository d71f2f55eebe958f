import type { Clock, Logger, OidcSettings } from '../app/ports'
import type { Texts } from '../app/texts'
import type { Discovery } from './oidc-discovery'
import type { OidcChannel } from './oidc-fetch'
import type { Evidence } from './oidc-ladder'

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
