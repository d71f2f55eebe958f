import type { Clock, Logger, Settings } from '../app/ports'
import { nextTime } from './cron'

export interface ScheduleDeps {
  readonly clock: Clock
  readonly logger: Logger
  /** As they are right now. */
  readonly settings: () => Promise<Pick<Settings, 'syncSchedule'>>
}

export interface Schedule {
  /**
   * Does the work if its time has come, and resolves when that is over. However many times have passed, as while the
   * computer slept, it is done once.
   */
  readonly look: (work: () => Promise<void>) => Promise<void>
  readonly view: () => Promise<{ expression: string | null; next: string | null; running: boolean }>
  /** Nothing begins any more; resolves when what runs has ended. */
  readonly stop: () => Promise<void>
}

interface Planned {
  readonly expression: string
  readonly at: Date | null
}

/** A changed expression counts from now on; a clock that was set back brings the next time forward. */
function plan(before: Planned | null, expression: string, now: Date): Planned {
  const at = nextTime(expression, now)
  if (before?.expression !== expression || before.at === null) return { expression, at }
  return at !== null && at < before.at ? { expression, at } : before
}

/** Keeps when something is to be done by itself. Somebody has to look, now and again. */
export function createSchedule({ clock, logger, settings }: ScheduleDeps): Schedule {
  let planned: Planned | null = null
  let running: Promise<void> | null = null
  let isOver = false

  const update = async (): Promise<Planned | null> => {
    const { syncSchedule: text } = await settings()
    planned = text === null ? null : plan(planned, text, clock.now())
    return planned
  }
  const run = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      logger.error({ error }, 'the scheduled sync failed')
    } finally {
      running = null
    }
  }
  return {
    look: async (work) => {
      const due = await update()
      const now = clock.now()
      if (isOver || running !== null || !due?.at || due.at > now) return
      planned = { ...due, at: nextTime(due.expression, now) }
      running = run(work)
      await running
    },
    view: async () => {
      const known = await update()
      return {
        expression: known?.expression ?? null,
        next: known?.at?.toISOString() ?? null,
        running: running !== null,
      }
    },
    stop: async () => {
      isOver = true
      await running
    },
  }
}
