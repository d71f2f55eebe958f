import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { helpPages } from '../../core/app/help'
import type { Texts } from '../../core/app/texts'

export interface MenuActions {
  readonly navigate: (page: string) => void
  readonly showLocalLogin: () => void
}

function viewMenu(t: Texts): MenuItemConstructorOptions {
  const zoom = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }] as const
  return { label: t('desk.view'), submenu: [...zoom, { type: 'separator' }, { role: 'togglefullscreen' }] }
}

function helpMenu(t: Texts, navigate: MenuActions['navigate']): MenuItemConstructorOptions {
  const documents = helpPages(t).map(({ id, title }) => ({
    label: title,
    click: () => navigate(`/help/${id}`),
  }))
  const version = { label: t('desk.version', { version: app.getVersion() }), enabled: false }
  return { role: 'help', submenu: [...documents, { type: 'separator' }, version] }
}

/** Edit is the system's; File has the way in for local administrators; Help opens the shipped documents, offline. */
export function buildMenu(t: Texts, { navigate, showLocalLogin }: MenuActions): void {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: t('desk.file'),
      submenu: [
        { label: t('desk.localAdministrator'), click: showLocalLogin },
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    viewMenu(t),
    helpMenu(t, navigate),
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
