import { powerMonitor } from 'electron'
import type { App } from '../../core/app/create-app'
import type { Emit } from '../../core/app/call'
import type { Logger } from '../../core/app/ports'

const everyMs = 15_000

interface ScheduleTimerDeps {
  readonly core: Pick<App, 'syncIfDue'>
  readonly emit: Emit
  readonly logger: Logger
}

/** Looks now and again, and when the computer wakes up, whether the directory is to be synchronised. */
export function createScheduleTimer({ core, emit, logger }: ScheduleTimerDeps) {
  const look = (): void =>
    void core
      .syncIfDue(emit)
      .catch((error: unknown) => logger.warn({ error }, 'the schedule was not looked at'))
  const timer = setInterval(look, everyMs)
  powerMonitor.on('resume', look)
  look()
  return {
    stop: (): void => {
      clearInterval(timer)
      powerMonitor.off('resume', look)
    },
  }
}
