/**
 * Runs once what was rendered is on the screen; a hidden window paints nothing, so a short wait counts as well.
 * Returns the way to call it off.
 */
export function afterPaint(run: () => void): () => void {
  const state = { over: false }
  const once = () => {
    if (state.over) return
    state.over = true
    run()
  }
  const timer = setTimeout(once, 250)
  requestAnimationFrame(() => requestAnimationFrame(once))
  return () => {
    state.over = true
    clearTimeout(timer)
  }
}
