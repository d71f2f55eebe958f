import { dialog, type BrowserWindow } from 'electron'
import type { Desk } from '../../core/app/ports'
import { openExternal } from './external'

interface DeskDeps {
  readonly window: () => BrowserWindow | null
  readonly copy: Desk['copy']
  readonly pageShown: Desk['pageShown']
}

/** What only a desktop can do: the clipboard, the browser, the file dialog, the picture protection. */
export function createDesk({ window, copy, pageShown }: DeskDeps): Desk {
  return {
    copy,
    pageShown,
    openExternal,
    protect: (state) => window()?.setContentProtection(state === 'on'),
    chooseLdif: async () => {
      const parent = window()
      if (!parent) return null
      const filters = [{ name: 'LDIF', extensions: ['ldif', 'ldf', 'txt'] }]
      const chosen = await dialog.showOpenDialog(parent, { properties: ['openFile'], filters })
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null)
    },
  }
}
