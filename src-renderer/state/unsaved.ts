import { create } from 'zustand'

interface Unsaved {
  /** Something on the page would be lost by leaving it. */
  readonly held: boolean
  /** What a person was about to do when they were asked. */
  readonly leaving: (() => void) | null
}

/** The one place that every way to leave a page goes through. */
export const useUnsaved = create<Unsaved>()(() => ({ held: false, leaving: null }))

/** Does what leaves the page, once the person agrees where something would be lost. */
export function leave(go: () => void): void {
  if (useUnsaved.getState().held) useUnsaved.setState({ leaving: go })
  else go()
}

export function stay(): void {
  useUnsaved.setState({ leaving: null })
}

/** Nothing would be lost any more: it is saved, or thrown away. */
export function letGo(): void {
  useUnsaved.setState({ held: false, leaving: null })
}

export function discard(): void {
  const { leaving } = useUnsaved.getState()
  letGo()
  leaving?.()
}

/** From now on leaving is asked about, by Back and by closing the window too; the answer ends that. */
export function hold(): () => void {
  const { href } = window.location
  useUnsaved.setState({ held: true, leaving: null })
  const onPopState = () => {
    if (!useUnsaved.getState().held || window.location.href === href) return
    // The step is made already: the page's own address is put on top of it, from where Back leads there.
    window.history.pushState(null, '', href)
    useUnsaved.setState({ leaving: () => window.history.back() })
  }
  const onBeforeUnload = (event: BeforeUnloadEvent) => {
    if (!useUnsaved.getState().held) return
    event.preventDefault()
    useUnsaved.setState({ leaving: () => window.close() })
  }
  window.addEventListener('popstate', onPopState)
  window.addEventListener('beforeunload', onBeforeUnload)
  return () => {
    window.removeEventListener('popstate', onPopState)
    window.removeEventListener('beforeunload', onBeforeUnload)
    letGo()
  }
}
