import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './provision/child.mjs'
import { isCommand, runCommand } from './provision/command.mjs'
import { withLock } from './provision/lock.mjs'
import { writeManifest } from './provision/manifest.mjs'
import { ProvisionError } from './provision/provision-error.mjs'
import { moduleFile, repository } from './provision/repository.mjs'
import { provision } from './provision.mjs'
import { hashSources, isBuilt } from './run/build-stamp.mjs'

const output = join(repository, 'out')

/**
 * Bundles the console and the command line into out/, unless out/ was made from exactly these sources.
 * @param {{ log: (message: string) => void }} context
 * @returns {Promise<'built' | 'unchanged'>}
 */
export async function ensureBuild({ log }) {
  if (await isBuilt(repository, hashSources(repository))) return 'unchanged'
  return withLock(moduleFile('.authdesk-build.lock'), log, async () => {
    const stamp = hashSources(repository)
    if (await isBuilt(repository, stamp)) return 'unchanged'
    log('Building the console.')
    await bundle()
    await writeManifest(output, { recipe: stamp })
    return 'built'
  })
}

async function bundle() {
  rmSync(output, { recursive: true, force: true })
  const program = moduleFile('electron-vite', 'bin', 'electron-vite.js')
  const result = await run(process.execPath, [program, 'build', '--logLevel', 'warn'], { cwd: repository })
  if (result.code !== 0) {
    throw new ProvisionError(`The console could not be built.\n${result.problem ?? result.output.trim()}`)
  }
}

async function main() {
  await provision({ need: 'run' })
  const state = await ensureBuild({ log: console.log })
  console.log(state === 'built' ? 'Built into out/.' : 'out/ is up to date.')
}

if (isCommand(import.meta.url)) await runCommand(main)
