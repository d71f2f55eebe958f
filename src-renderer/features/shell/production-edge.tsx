import { useStatus } from '../../api/use-status'
import { useExaminedProfile } from '../profiles/use-profiles'
import classes from './frame.module.css'

/** The red edge round the window while a production profile governs or is looked at; the word stands in the top bar. */
export function ProductionEdge() {
  const { profile } = useStatus()
  const examined = useExaminedProfile()
  if (!profile.production && examined?.production !== true) return null
  return <div className={classes.edge} data-production-edge aria-hidden />
}
