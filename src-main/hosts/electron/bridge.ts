import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import type { Dispatch, Emit } from '../../core/app/call'
import type { Logger } from '../../core/app/ports'
import { origin } from './renderer-protocol'

/** A sender is the exact origin and the main frame of our own window. */
function isOurs(event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame
  if (!window || !frame || event.sender !== window.webContents) return false
  return frame === event.sender.mainFrame && frame.origin === origin
}

interface BridgeDeps {
  readonly dispatch: Dispatch
  readonly window: () => BrowserWindow | null
  readonly logger: Logger
}

/** Connects the window with `dispatch`; what a stranger sends gets no answer but a refusal. */
export function connectBridge({ dispatch, window, logger }: BridgeDeps): Emit {
  const emit: Emit = (event, payload) => {
    const target = window()
    if (target && !target.isDestroyed()) target.webContents.send('event', event, payload)
  }
  ipcMain.handle('request', (event, path: unknown, input: unknown) => {
    if (!isOurs(event, window()) || typeof path !== 'string') {
      logger.warn({ sender: event.senderFrame?.url ?? null }, 'a request from a stranger was refused')
      return { ok: false, error: { code: 'FORBIDDEN', message: 'This sender is not allowed', details: {} } }
    }
    return dispatch({ path, input, caller: { kind: 'window' }, emit })
  })
  return emit
}
