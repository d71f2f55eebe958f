import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Browser } from '../../src-main/core/app/ports'

/** An executable that opens its argument in a headless Chromium and ends by itself: the value for `BROWSER`. */
export const chromiumScript = fileURLToPath(new URL('./chromium-open.mjs', import.meta.url))

export interface Chromium {
  readonly browser: Browser
  /** Resolves once every opened browser has ended by itself (true: it reached the redirect URI). */
  readonly settled: () => Promise<boolean>
  /** Ends every browser that is still open and waits until it is gone. */
  readonly stop: () => Promise<void>
}

/** The system browser of integration tests: each address gets a Chromium with a fresh profile. */
export function createChromium(): Chromium {
  const running = new Set<ChildProcess>()
  const results: boolean[] = []
  const ends: Promise<void>[] = []
  return {
    browser: {
      open: async (url) => {
        const child = spawn(process.execPath, [chromiumScript, url], { stdio: 'ignore' })
        running.add(child)
        ends.push(
          once(child, 'exit').then(([status]) => {
            running.delete(child)
            results.push(status === 0)
          }),
        )
        await once(child, 'spawn')
      },
    },
    settled: async () => {
      await Promise.all(ends)
      return results.every(Boolean)
    },
    stop: async () => {
      for (const child of running) child.kill('SIGTERM')
      await Promise.all(ends)
    },
  }
}
