import classes from './frame.module.css'

/** The red edge round the window of a production profile; the word stands in the top bar. */
export function ProductionEdge() {
  return <div className={classes.edge} data-production-edge aria-hidden />
}
