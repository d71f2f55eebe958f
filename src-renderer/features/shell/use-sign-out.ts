import { useAction } from '../../api/use-action'
import { navigate } from '../../state/hash-location'
import { leave } from '../../state/unsaved'

/** Ends the session in this console. */
export function useSignOut() {
  const { run, isPending } = useAction('session.signOut', {
    refreshes: ['app.status'],
    keep: () => null,
    onDone: () => navigate('/sign-in'),
  })
  return { signOut: () => leave(() => run({})), isPending }
}
