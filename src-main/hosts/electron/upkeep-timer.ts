import type { Logger } from '../../core/app/ports'

const everyMs = 3_600_000

/** Upkeep begins when the first page is there, and comes again every hour while the console runs. */
export function createUpkeepTimer(upkeep: () => Promise<void>, logger: Logger) {
  let timer: NodeJS.Timeout | null = null
  const run = (): void => void upkeep().catch((error: unknown) => logger.error({ error }, 'upkeep failed'))
  return {
    start: (): void => {
      run()
      timer = setInterval(run, everyMs)
    },
    stop: (): void => {
      if (timer) clearInterval(timer)
    },
  }
}
