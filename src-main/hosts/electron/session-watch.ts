import { powerMonitor } from 'electron'
import type { App } from '../../core/app/create-app'
import type { Emit } from '../../core/app/call'
import type { Logger } from '../../core/app/ports'

const everyMs = 5_000

interface SessionWatchDeps {
  readonly core: Pick<App, 'lock' | 'watch' | 'status' | 'renew'>
  readonly emit: Emit
  /** What was copied goes when the desk is left. */
  readonly clearClipboard: () => Promise<void>
  readonly logger: Logger
}

/** Locks the desk with the computer, and tells the window when the desk was left or its session ended elsewhere. */
export function createSessionWatch({ core, emit, clearClipboard, logger }: SessionWatchDeps) {
  let known: 'out' | 'in' | 'locked' | null = null
  const look = async (): Promise<void> => {
    const session = await core.watch()
    const now = session === null ? 'out' : session.locked === null ? 'in' : 'locked'
    if (known !== null && now !== known) {
      if (now !== 'in') await clearClipboard()
      emit('app.status', { status: await core.status() })
    }
    known = now
  }
  const watch = (): void =>
    void look().catch((error: unknown) => logger.warn({ error }, 'the session was not looked at'))
  const lock = (): void => {
    core.lock()
    known ??= 'in'
    watch()
  }
  // A provider that is slow to answer holds nothing up: the next look at the session comes all the same.
  const renew = (): void =>
    void core
      .renew()
      .then(watch)
      .catch((error: unknown) => logger.warn({ error }, 'the session was not renewed'))
  const timer = setInterval(() => {
    watch()
    renew()
  }, everyMs)
  powerMonitor.on('lock-screen', lock)
  powerMonitor.on('suspend', lock)
  return {
    stop: (): void => {
      clearInterval(timer)
      powerMonitor.off('lock-screen', lock)
      powerMonitor.off('suspend', lock)
    },
  }
}
