import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/**
 * @param {string} file
 * @param {{ algorithm?: string, encoding?: 'hex' | 'base64' }} [options] sha256 in hex by default
 * @returns {Promise<string>}
 */
export async function fileHash(file, options = {}) {
  const hash = createHash(options.algorithm ?? 'sha256')
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest(options.encoding ?? 'hex')
}
