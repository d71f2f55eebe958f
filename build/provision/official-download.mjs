// official-download.mjs ELECTRON_PACKAGE FOLDER WORK: fetches that package's Electron into WORK, verifies it and
// unpacks it into FOLDER. Needs Node >= 22.12.
import { createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { downloadStatus, reasonOf, releaseHostPatienceMs } from './official-electron.mjs'

const idleMs = 30_000

class Unreachable extends Error {}

/** Gives the host 10 s to answer and then as long as data keeps coming. */
const patientDownloader = {
  async download(url, target) {
    const controller = new AbortController()
    const silent = Object.assign(new Error('The host fell silent.'), { name: 'TimeoutError' })
    const wait = (ms) => setTimeout(() => controller.abort(silent), ms)
    let timer = wait(releaseHostPatienceMs)
    try {
      const response = await fetch(url, { signal: controller.signal })
      if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
      await mkdir(dirname(target), { recursive: true })
      const watched = async function* (source) {
        for await (const chunk of source) {
          clearTimeout(timer)
          timer = wait(idleMs)
          yield chunk
        }
      }
      await pipeline(Readable.fromWeb(response.body), watched, createWriteStream(target))
    } catch (error) {
      throw new Unreachable(reasonOf(error), { cause: error })
    } finally {
      clearTimeout(timer)
    }
  },
}

async function main([electronPackage, folder, work]) {
  const load = createRequire(join(electronPackage, 'package.json'))
  const { downloadArtifact, ElectronDownloadCacheMode } = load('@electron/get')
  const { extract } = load('@electron-internal/extract-zip')
  const zip = await downloadArtifact({
    version: load('./package.json').version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: JSON.parse(await readFile(join(electronPackage, 'checksums.json'), 'utf8')),
    cacheRoot: process.env.electron_config_cache,
    cacheMode: ElectronDownloadCacheMode.ReadOnly,
    downloader: patientDownloader,
    tempDirectory: work,
  })
  await extract(zip, { dir: folder })
}

function statusFor(error) {
  if (error instanceof Unreachable) return downloadStatus.unreachable
  return /checksum|sha256/i.test(`${error.name} ${error.message}`) ? downloadStatus.mismatch : 1
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  process.exit(statusFor(error))
}
