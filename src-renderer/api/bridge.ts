/** What the preload exposes; everything that comes through it is `unknown` until a schema has parsed it. */
export interface Bridge {
  readonly request: (path: string, input: unknown) => Promise<unknown>
  readonly subscribe: (event: string, listener: (payload: unknown) => void) => () => void
}

declare global {
  interface Window {
    readonly authdesk: Bridge
  }
}

export function bridge(): Bridge {
  return window.authdesk
}
