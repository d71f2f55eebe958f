import type { Clock, Logger } from '../app/ports'

/** Work that keeps the database small; doing it twice is the same as doing it once. */
export interface UpkeepJob {
  readonly name: string
  /** Resolves with the number of rows that were removed. */
  readonly run: (now: Date) => Promise<number>
}

export interface UpkeepDeps {
  readonly jobs: readonly UpkeepJob[]
  readonly clock: Clock
  readonly logger: Logger
}

/** Runs one job after the other; one that fails is logged and keeps none of the others from running. */
export async function runUpkeep({ jobs, clock, logger }: UpkeepDeps): Promise<void> {
  for (const job of jobs) {
    try {
      const removed = await job.run(clock.now())
      logger.debug({ job: job.name, removed }, 'upkeep')
    } catch (error) {
      logger.error({ job: job.name, error }, 'upkeep failed')
    }
  }
}
