import { contextBridge, ipcRenderer } from 'electron'

/** The whole bridge: ask, and be told. Everything is checked on the other side. */
contextBridge.exposeInMainWorld('authdesk', {
  request: (path: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('request', path, input),
  subscribe: (event: string, listener: (payload: unknown) => void): (() => void) => {
    const receive = (_event: unknown, name: string, payload: unknown): void => {
      if (name === event) listener(payload)
    }
    ipcRenderer.on('event', receive)
    return () => ipcRenderer.removeListener('event', receive)
  },
})
