/** What another clock said while it was asked. */
export interface TimeSample {
  readonly source: 'provider' | 'token' | 'directory'
  readonly stated: Date
  readonly sentAt: Date
  readonly receivedAt: Date
}

/** Seconds: positive where the other clock is ahead of this computer's; the truth lies within `uncertainty` of it. */
export interface ClockOffset {
  readonly seconds: number
  readonly uncertainty: number
}

/** HTTP's `Date`, a token's `iat` and a directory's `currentTime` are cut to the second (RFC 9110 §5.6.7). */
const resolution = 1

/** The clock was read somewhere between question and answer: the middle is the best guess, half the way the doubt. */
export function offsetOf({ stated, sentAt, receivedAt }: TimeSample): ClockOffset {
  const middle = (sentAt.getTime() + receivedAt.getTime()) / 2
  const trip = Math.max(0, receivedAt.getTime() - sentAt.getTime())
  return {
    seconds: (stated.getTime() - middle) / 1000 + resolution / 2,
    uncertainty: trip / 2000 + resolution / 2,
  }
}

/** The one with the least doubt; null where the clock was never told. */
export function bestOffset(samples: readonly TimeSample[]): ClockOffset | null {
  const offsets = samples.map(offsetOf).toSorted((one, other) => one.uncertainty - other.uncertainty)
  return offsets[0] ?? null
}

/** So much nobody notices. */
export const noticedSeconds = 60

export const isNoticed = ({ seconds, uncertainty }: ClockOffset) =>
  Math.abs(seconds) - uncertainty > noticedSeconds

/** Whose clock is off; null unless two of the three agree against the third. */
export function whoIsOff(
  provider: ClockOffset,
  directory: ClockOffset | null,
): 'desk' | 'provider' | 'directory' | null {
  if (directory === null) return null
  const apart = {
    seconds: provider.seconds - directory.seconds,
    uncertainty: provider.uncertainty + directory.uncertainty,
  }
  const pairs = { desk: isNoticed(apart), directory: isNoticed(provider), provider: isNoticed(directory) }
  const agreeing = (['desk', 'directory', 'provider'] as const).filter((side) => !pairs[side])
  const [side] = agreeing
  return agreeing.length === 1 && side !== undefined ? side : null
}
