import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { floorNode, nodePackage, toolNode } from './pins.mjs'
import { unpackPackage } from './npm-package.mjs'
import { ensurePiece } from './piece.mjs'
import { ProvisionError } from './provision-error.mjs'

const thisSystem = `${process.platform}-${process.arch}`
const executableName = process.platform === 'win32' ? 'node.exe' : 'node'

/**
 * Whether the test and download tools take this Node as it is (they want 22.12+, 24 or from 26 on).
 * @param {string} version such as 20.19.1
 * @returns {boolean}
 */
export function runsTools(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return (major === 22 && minor >= 12) || major === 24 || major >= 26
}

/**
 * The Node that the tools run on: the running one where it is new enough.
 * @param {{ cache: string, log: (message: string) => void }} context
 * @returns {Promise<string>} the executable
 */
export async function ensureToolNode(context) {
  if (runsTools(process.versions.node)) return process.execPath
  const { executable } = await ensureNode(toolNode, context)
  return executable
}

/**
 * A pinned Node from the registry; the oldest one comes with the headers that sqlite3 is compiled against.
 * @param {string} version
 * @param {{ cache: string, log: (message: string) => void }} context
 * @returns {Promise<{ executable: string, folder: string }>}
 */
export async function ensureNode(version, { cache, log }) {
  const pin = nodePackage(version, thisSystem)
  if (!pin) {
    throw new ProvisionError(
      `No Node ${version} is recorded for ${thisSystem}. Run this with Node 24, which needs no second one.`,
    )
  }
  const leftOut = version === floorNode ? ['share'] : ['share', 'include']
  const { folder } = await ensurePiece({
    cache,
    log,
    name: `node-${version}-${thisSystem}`,
    title: `Node ${version}`,
    recipe: `${pin.integrity} without ${leftOut.join(' ')}`,
    make: async (fresh, work) => {
      log(`Fetching Node ${version} from the npm registry (about 50 MB, once).`)
      await unpackPackage(pin, { folder: fresh, work })
      for (const part of leftOut) rmSync(join(fresh, part), { recursive: true, force: true })
    },
  })
  return { executable: join(folder, 'bin', executableName), folder }
}
