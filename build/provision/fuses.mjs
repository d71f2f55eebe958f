import { ProvisionError } from './provision-error.mjs'

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
const on = 0x31
const off = 0x30

/**
 * Sets fuses in an Electron executable, in place. After the sentinel come a version byte, a length byte
 * and one byte a fuse: '0' is off, '1' is on.
 * @param {Buffer} executable
 * @param {Record<number, 'on' | 'off'>} wanted
 */
export function setFuses(executable, wanted) {
  const at = executable.indexOf(sentinel)
  if (at < 0) throw new ProvisionError('This executable holds no Electron fuses.')
  const wire = at + sentinel.length
  const version = executable[wire]
  const length = executable[wire + 1] ?? 0
  if (version !== 1) throw new ProvisionError(`Unknown version of Electron's fuses: ${String(version)}.`)
  for (const [fuse, state] of Object.entries(wanted)) {
    const index = Number(fuse)
    const position = wire + 2 + index
    const current = executable[position]
    if (index >= length || (current !== on && current !== off)) {
      throw new ProvisionError(`This executable has no Electron fuse ${fuse}.`)
    }
    executable[position] = state === 'on' ? on : off
  }
}
