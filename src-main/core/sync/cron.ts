import { Cron } from 'croner'

/** The next time that a cron expression of five parts names, in this computer's time zone; null where none will come. */
export function nextTime(expression: string, after: Date): Date | null {
  return new Cron(expression, { paused: true, mode: '5-part' }).nextRun(after)
}
