import { useSyncExternalStore } from 'react'
import { normaliseAddress, splitAddress } from './address'
import { leave } from './unsaved'

const current = () => normaliseAddress(window.location.hash)

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

/**
 * Goes to an address, after a question where something would be lost. `replace` leaves no step behind for Back and asks
 * nothing: it is for what the console decides itself. The search is part of the hash.
 */
export function navigate(address: string, options: { readonly replace?: boolean } = {}): void {
  const target = `#${normaliseAddress(address)}`
  if (target === window.location.hash) return
  const go = (how: 'replaceState' | 'pushState') => {
    window.history[how](null, '', target)
    window.dispatchEvent(new Event('hashchange'))
  }
  if (options.replace === true) go('replaceState')
  else leave(() => go('pushState'))
}

/** wouter's location hook: the hash's path, without its search. */
export function useHashPath(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, () => splitAddress(current()).path), navigate]
}
useHashPath.hrefs = (href: string) => `#${href}`

/** wouter's search hook: the search inside the hash. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, () => splitAddress(current()).search)
}
