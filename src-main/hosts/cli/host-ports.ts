import { AppError } from '../../contract/errors'
import type { Desk, SecretStore } from '../../core/app/ports'
import { dropSecret } from '../../core/app/secret-file'

/**
 * The command line keeps no secrets: they come from the environment or a prompt. It cannot read those that the desktop
 * keeps, but it can drop them with the profile that they belong to.
 */
export function createNoSecrets(file: string): SecretStore {
  const memory = new Map<string, string>()
  return {
    kind: 'memory',
    get: (key) => Promise.resolve(memory.get(key) ?? null),
    set: (key, value) => Promise.resolve(void memory.set(key, value)),
    remove: (key) => {
      memory.delete(key)
      dropSecret(file, key)
      return Promise.resolve()
    },
  }
}

function refuse(): never {
  throw new AppError('FORBIDDEN', { message: 'Only the console’s window can do this.' })
}

/** What only a desktop can do is refused. */
export const noDesk: Desk = {
  copy: refuse,
  protect: refuse,
  openExternal: () => Promise.reject(new AppError('FORBIDDEN')),
  chooseFile: () => Promise.reject(new AppError('FORBIDDEN')),
  chooseSave: () => Promise.reject(new AppError('FORBIDDEN')),
  pageShown: refuse,
}
