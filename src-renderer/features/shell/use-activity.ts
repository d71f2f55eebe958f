import { useEffect } from 'react'
import { request } from '../../api/request'

const everyMs = 20_000

/** Tells the core that somebody is at the desk; what a page asks for by itself is no sign of life. */
export function useActivity(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return
    let last = 0
    const onSign = () => {
      const now = Date.now()
      if (now - last < everyMs) return
      last = now
      void request('session.active', {}).catch(() => undefined)
    }
    const signs = ['keydown', 'pointerdown', 'wheel'] as const
    for (const sign of signs) window.addEventListener(sign, onSign, { passive: true })
    return () => {
      for (const sign of signs) window.removeEventListener(sign, onSign)
    }
  }, [signedIn])
}
