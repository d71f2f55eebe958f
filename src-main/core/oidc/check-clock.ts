import type { RequestInit, Response } from 'undici'
import { bestOffset, isNoticed, offsetOf, whoIsOff, type ClockOffset } from '../diagnostics/clock-offset'
import { evidence, found, type Examination } from './examination'
import { clockTolerance } from './id-token'
import type { Finding } from './oidc-ladder'

/** A request whose answer also tells the provider's time. */
export async function timed(run: Examination, address: string, init?: RequestInit): Promise<Response> {
  const sentAt = run.clock.now()
  const response = await found(run.channel).fetch(address, init)
  const receivedAt = run.clock.now()
  const stated = new Date(response.headers.get('date') ?? '')
  if (!Number.isNaN(stated.getTime())) run.times.push({ source: 'provider', stated, sentAt, receivedAt })
  return response
}

const roundedSeconds = ({ seconds }: ClockOffset) => Math.round(Math.abs(seconds))
const doubt = ({ uncertainty }: ClockOffset) => uncertainty.toFixed(1)

/** What is known of the clocks, for whatever was refused because of a time. */
export function clockSentence({ texts: t, times }: Examination): string {
  const provider = bestOffset(times)
  if (provider === null) return t('oidc.stage.clock.unknown')
  const seconds = roundedSeconds(provider)
  if (!isNoticed(provider)) return t('oidc.stage.clock.passed', { seconds: seconds + 1 })
  const direction = t(provider.seconds > 0 ? 'oidc.stage.clock.ahead' : 'oidc.stage.clock.behind')
  return t('oidc.stage.clock.off', { seconds, direction, uncertainty: `± ${doubt(provider)} s` })
}

/** This computer's clock against the provider's, and against the directory's where the two differ. */
export async function checkClock(run: Examination, signal: AbortSignal): Promise<Finding> {
  const { texts: t } = run
  const provider = bestOffset(run.times)
  if (provider === null)
    return { status: 'warning', summary: t('oidc.stage.clock.unknown'), next: t('oidc.advice.noDate') }
  const isOff = isNoticed(provider)
  const directory = isOff ? await askThird(run, signal) : null
  const detail = detailOf(run, provider, directory)
  const seconds = roundedSeconds(provider)
  if (!isOff)
    return { status: 'passed', summary: t('oidc.stage.clock.passed', { seconds: seconds + 1 }), detail }
  const side = t(`oidc.stage.clock.whoIsOff.${whoIsOff(provider, directory) ?? 'unknown'}`)
  return {
    status: seconds > clockTolerance ? 'failed' : 'warning',
    code: 'OIDC_CLOCK_SKEW',
    summary: `${clockSentence(run)} ${side}`,
    detail,
  }
}

/** A directory that cannot be asked says nothing about clocks; its own test says why. */
async function askThird({ thirdClock }: Examination, signal: AbortSignal): Promise<ClockOffset | null> {
  const sample = await thirdClock?.(signal).catch(() => null)
  return sample === null || sample === undefined ? null : offsetOf(sample)
}

function detailOf(run: Examination, provider: ClockOffset, directory: ClockOffset | null) {
  const { texts: t, clock } = run
  const told = (offset: ClockOffset | null) =>
    offset && t('oidc.stage.clock.offset', { seconds: offset.seconds.toFixed(1), uncertainty: doubt(offset) })
  return evidence(t, {
    desk: clock.now().toISOString(),
    provider: told(provider),
    directory: told(directory),
  })
}
