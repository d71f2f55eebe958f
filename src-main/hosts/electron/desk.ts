import { join } from 'node:path'
import { app, dialog, type BrowserWindow } from 'electron'
import type { Desk, FileKind } from '../../core/app/ports'
import type { Texts } from '../../core/app/texts'
import { openExternal } from './external'

const extensions: Readonly<Record<FileKind, readonly string[]>> = {
  ldif: ['ldif', 'ldf', 'txt'],
  accounts: ['csv', 'json'],
  // An application's file is called .env: it has no extension to filter by, and it is hidden.
  settings: ['*'],
  // What is in it says what it is.
  lab: ['*'],
}

interface DeskDeps {
  readonly window: () => BrowserWindow | null
  readonly copy: Desk['copy']
  readonly pageShown: Desk['pageShown']
  readonly texts: Texts
}

/** What only a desktop can do: the clipboard, the browser, the file dialog, the picture protection. */
export function createDesk({ window, copy, pageShown, texts }: DeskDeps): Desk {
  return {
    copy,
    pageShown,
    openExternal,
    protect: (state) => window()?.setContentProtection(state === 'on'),
    chooseFile: async (kind) => {
      const parent = window()
      if (!parent) return null
      const filters = [{ name: texts(`desk.files.${kind}`), extensions: [...extensions[kind]] }]
      const chosen = await dialog.showOpenDialog(parent, {
        properties: ['openFile', ...(kind === 'settings' ? (['showHiddenFiles'] as const) : [])],
        filters,
      })
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null)
    },
    chooseSave: async (name) => {
      const parent = window()
      if (!parent) return null
      const chosen = await dialog.showSaveDialog(parent, {
        defaultPath: join(app.getPath('documents'), name),
      })
      return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath
    },
  }
}
