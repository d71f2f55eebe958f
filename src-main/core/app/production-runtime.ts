import type { Status } from '../../contract/app'

/** An outdated Chromium must not hold production's secrets by accident. */
export function refusesProduction(
  runtime: Status['runtime'],
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return runtime.kind === 'development' && environment['AUTHDESK_DEV_RUNTIME'] !== '1'
}
