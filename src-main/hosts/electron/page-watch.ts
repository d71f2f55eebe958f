import type { BrowserWindow } from 'electron'
import type { Desk } from '../../core/app/ports'
import { takeScreenshot } from './screenshot'

const patienceMs = 60_000

export interface PageWatchOptions {
  readonly window: () => BrowserWindow | null
  readonly screenshot: string | null
  readonly database: string
  readonly logFile: string
  readonly end: (status: number) => void
  /** Is called once, when the first page is there. */
  readonly onFirstPage: () => void
}

/**
 * Waits for the first page that shows its data or an error: says `ready` once, and takes the picture that
 * `--screenshot` asked for. A page that never comes ends the wait with status 1.
 */
export function createPageWatch(options: PageWatchOptions): Desk['pageShown'] {
  const { screenshot, end } = options
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  let seen = false

  async function capture(file: string, reason: string | null): Promise<void> {
    const window = options.window()
    if (!window) throw new Error('there is no window')
    await takeScreenshot(window, file)
    if (reason === null) process.stdout.write(`screenshot ${file}\n`)
    else say(`The page shows an error: ${reason}`)
    end(reason === null ? 0 : 1)
  }
  const failed = (error: unknown): void => {
    say(`The screenshot failed: ${error instanceof Error ? error.message : String(error)}`)
    end(1)
  }

  const patience =
    screenshot === null ? null : setTimeout(() => failed('the page showed nothing within 60 s'), patienceMs)
  return (page, state, reason) => {
    if (seen) return
    seen = true
    options.onFirstPage()
    if (patience) clearTimeout(patience)
    const shown = page.replace(/[^\x20-\x7e]/g, '?')
    process.stdout.write(`ready  page ${shown}  database ${options.database}  log ${options.logFile}\n`)
    if (screenshot !== null) capture(screenshot, state === 'error' ? (reason ?? page) : null).catch(failed)
  }
}
