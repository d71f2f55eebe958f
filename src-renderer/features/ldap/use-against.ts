import { useAction } from '../../api/use-action'
import { useSelection, type ChosenFile } from '../../state/selection-store'

/** What the test runs against: the directory, the demo's sample, or a file from the main process's dialog. */
export function useAgainst(sample: ChosenFile | null) {
  const { against, setAgainst } = useSelection()
  const choose = useAction('ldap.chooseFile', {
    keep: ({ file }) => file,
    onDone: (file) => {
      if (file !== null) setAgainst(file)
    },
  })
  const file = against === 'server' ? null : (against ?? sample)
  return {
    file,
    error: choose.error,
    chooseFile: () => choose.run({}),
    useServer: () => setAgainst('server'),
  }
}
