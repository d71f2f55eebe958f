import { join } from 'node:path'
import { BrowserWindow, session } from 'electron'
import { origin } from './renderer-protocol'

/** The one window: sandboxed, isolated, without a way out of its own pages. */
export function openWindow(bundles: string, page: string | null): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 900,
    minHeight: 600,
    title: 'Authdesk',
    show: false,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload: join(bundles, 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    },
  })
  const { webContents } = window
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  for (const event of [
    'will-navigate',
    'will-redirect',
    'will-frame-navigate',
    'will-attach-webview',
  ] as const) {
    webContents.on(event as 'will-navigate', (navigation) => navigation.preventDefault())
  }
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${origin}/${page === null ? '' : `#${page}`}`)
  return window
}

/** No page gets a permission, a device or a download. */
export function denyPermissions(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.on('will-download', (event) => event.preventDefault())
}
