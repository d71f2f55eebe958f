import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where each thing lies in the home. Everything in it is for its owner only. */
export interface Home {
  readonly path: string
  readonly database: string
  readonly backups: string
  readonly profiles: string
  readonly secrets: string
  readonly log: string
}

/** The home of this operating-system user, unless `AUTHDESK_HOME` names another. */
export function defaultHome(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): string {
  if (environment['AUTHDESK_HOME']) return resolve(environment['AUTHDESK_HOME'])
  if (platform === 'win32')
    return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Authdesk')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Authdesk')
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'authdesk')
}

export function homeAt(path: string): Home {
  return {
    path,
    database: join(path, 'authdesk.sqlite'),
    backups: join(path, 'backups'),
    profiles: join(path, 'profiles'),
    secrets: join(path, 'secrets.json'),
    log: join(path, 'logs', 'authdesk.log'),
  }
}

/** Makes the home's folders, readable by their owner only (on Windows a user's own folders already are). */
export function prepareHome(home: Home): void {
  for (const folder of [home.path, home.profiles, home.backups, join(home.path, 'logs')]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
  // A home of somebody else keeps the mode that its owner gave it.
  if (statSync(home.path).uid === process.getuid?.()) chmodSync(home.path, 0o700)
}
