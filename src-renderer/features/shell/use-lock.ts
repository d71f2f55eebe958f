import { useAction } from '../../api/use-action'

/** Locks the desk; the session goes on. */
export function useLock() {
  const { run, isPending } = useAction('session.lock', { refreshes: ['app.status'], keep: () => null })
  return { lock: () => run({}), isPending }
}
