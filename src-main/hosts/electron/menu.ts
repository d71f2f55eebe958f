import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { helpPages } from '../../core/app/help'

export interface MenuActions {
  readonly navigate: (page: string) => void
  readonly showLocalLogin: () => void
}

/** Edit and View are the system's; Help opens the shipped documents, offline. */
export function buildMenu({ navigate, showLocalLogin }: MenuActions): void {
  const documents = helpPages.map((page) => ({
    label: page.title,
    click: () => navigate(`/help/${page.id}`),
  }))
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { label: 'Sign in with a local administrator', click: showLocalLogin },
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    {
      role: 'help',
      submenu: [
        ...documents,
        { type: 'separator' },
        { label: `Authdesk ${app.getVersion()}`, enabled: false },
      ],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
