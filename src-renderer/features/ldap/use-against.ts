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
  // The demo has no server: without a file of one's own its test always runs against the sample.
  const file = against === 'server' || against === null ? sample : against
  return {
    file,
    error: choose.error,
    chooseFile: () => choose.run({}),
    mayUseServer: file !== null && file !== sample,
    useServer: () => setAgainst('server'),
  }
}
