import type { AuditState } from '../../contract/audit'
import type { Clock, Logger } from '../app/ports'
import type { AuditLog } from './audit-log'

/** Verifies the chain in the background, one walk at a time, and keeps what the last one found. */
export interface ChainWatch {
  /** What is known; the first to ask starts the first walk. */
  readonly current: () => AuditState['checked']
  readonly start: () => void
  readonly stop: () => void
}

interface ChainWatchDeps {
  readonly log: Pick<AuditLog, 'verify'>
  readonly clock: Clock
  readonly logger: Logger
}

export function createChainWatch({ log, clock, logger }: ChainWatchDeps): ChainWatch {
  let found: AuditState['checked'] | null = null
  const stopping = new AbortController()

  const walk = async () => {
    const running = (records: number) => (found = { status: 'running', records })
    running(0)
    try {
      const verification = await log.verify({ onProgress: running, signal: stopping.signal })
      const level = verification.ok ? 'debug' : 'error'
      logger[level]({ first: verification.first, records: verification.records }, 'the audit was verified')
      found = { status: 'done', at: clock.now().toISOString(), ...verification }
    } catch (error) {
      if (stopping.signal.aborted) return
      logger.error({ error }, 'the audit could not be verified')
      found = { status: 'failed', at: clock.now().toISOString() }
    }
  }
  const start = () => {
    if (found?.status !== 'running' && !stopping.signal.aborted) void walk()
  }
  return {
    current: () => {
      if (!found) start()
      return found ?? { status: 'running', records: 0 }
    },
    start,
    stop: () => stopping.abort(),
  }
}
