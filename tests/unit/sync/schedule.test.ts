import { describe, expect, it } from 'vitest'
import { createSchedule } from '../../../src-main/core/sync/schedule'
import { silentLogger, stoppedClock } from '../../support/database'

/** A schedule with a clock of its own, which counts what has begun. */
function desk(first: string | null = '*/30 * * * *') {
  const clock = stoppedClock('2025-03-01T09:10:00.000Z')
  const state = { expression: first, begun: 0 }
  const schedule = createSchedule({
    clock,
    logger: silentLogger,
    settings: () => Promise.resolve({ syncSchedule: state.expression }),
  })
  const at = (time: string) => clock.set(new Date(`2025-03-01T${time}.000Z`))
  const look = () =>
    schedule.look(() => {
      state.begun += 1
      return Promise.resolve()
    })
  return { state, schedule, at, look }
}

describe('a schedule', () => {
  it('begins at its times and not before, once each', async () => {
    const { state, at, look } = desk()
    await look()
    at('09:29:59')
    await look()
    expect(state.begun).toBe(0)
    at('09:30:00')
    await look()
    await look()
    expect(state.begun).toBe(1)
    at('10:00:10')
    await look()
    expect(state.begun).toBe(2)
  })

  it('does what was missed once, however often it was missed', async () => {
    const { state, schedule, at, look } = desk()
    await look()
    at('20:10:00')
    await look()
    await look()
    expect(state.begun).toBe(1)
    expect((await schedule.view()).next).toBe('2025-03-01T20:30:00.000Z')
  })

  it('never begins without an expression, and follows one that changes', async () => {
    const { state, schedule, at, look } = desk(null)
    await look()
    at('12:00:00')
    await look()
    expect(await schedule.view()).toEqual({ expression: null, next: null, running: false })
    state.expression = '15 * * * *'
    await look()
    expect(state.begun).toBe(0)
    expect((await schedule.view()).next).toBe('2025-03-01T12:15:00.000Z')
    at('12:15:00')
    await look()
    state.expression = '20 * * * *'
    at('12:21:00')
    await look()
    expect(state.begun).toBe(1)
    state.expression = null
    at('13:59:00')
    await look()
    expect(state.begun).toBe(1)
  })

  it('comes forward with a clock that is set back', async () => {
    const { schedule, at, look } = desk()
    at('23:10:00')
    await look()
    at('09:10:00')
    expect((await schedule.view()).next).toBe('2025-03-01T09:30:00.000Z')
  })

  it('does one thing at a time, goes on after a failure, and stops once the last has ended', async () => {
    const { schedule, at, look, state } = desk()
    await look()
    at('09:30:00')
    let fail: (reason: Error) => void = () => undefined
    const work = new Promise<void>((_, reject) => (fail = reject))
    const running = schedule.look(() => work)
    await expect.poll(async () => (await schedule.view()).running).toBe(true)
    at('10:00:00')
    await look()
    expect(state.begun).toBe(0)
    fail(new Error('no room'))
    await running
    await look()
    expect(state.begun).toBe(1)
    at('10:30:00')
    await schedule.stop()
    await look()
    expect(state.begun).toBe(1)
  })
})
