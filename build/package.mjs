import { isCommand, runCommand } from './provision/command.mjs'
import { ProvisionError } from './provision/provision-error.mjs'
import { provision } from './provision.mjs'

async function main() {
  const { electron } = await provision({ need: 'run' })
  if (electron.kind !== 'official') {
    throw new ProvisionError(
      'Installers are only built with the official Electron, which is not the one at hand.',
    )
  }
  throw new ProvisionError('Building installers is not available in this version yet.')
}

if (isCommand(import.meta.url)) await runCommand(main)
