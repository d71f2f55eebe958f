import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endChild, stopChild } from '../provision/child.mjs'
import { hasDisplay } from '../provision/system-check.mjs'
import { ProvisionError } from '../provision/provision-error.mjs'
import { startDependent } from './dependent.mjs'

const screen = '1440x900x24'
const startMs = 15_000
const familyWild = 0xffff

/** @param {Record<string, string | undefined>} env @returns {boolean} whether windows need a virtual display */
export function needsVirtualDisplay(env) {
  return process.platform === 'linux' && !hasDisplay(env)
}

/**
 * An Xauthority file with one cookie that is good for every display, as libXau reads it.
 * @param {Buffer} cookie
 * @returns {Buffer}
 */
export function xauthority(cookie) {
  const counted = (data) => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(data.length)
    return Buffer.concat([length, data])
  }
  const family = Buffer.alloc(2)
  family.writeUInt16BE(familyWild)
  const parts = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), cookie]
  return Buffer.concat([family, ...parts.map(counted)])
}

/**
 * Starts Xvfb on a free display that only this user's programs may use.
 * @returns {Promise<{ name: string, env: { DISPLAY: string, XAUTHORITY: string }, stop: () => Promise<void> }>}
 */
export async function startVirtualDisplay() {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-display-'))
  const tidy = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', tidy)
  const authority = join(folder, 'Xauthority')
  writeFileSync(authority, xauthority(randomBytes(16)), { mode: 0o600 })
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-auth', authority]
  const child = startDependent('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  try {
    const name = `:${await displayNumber(child)}`
    const stop = async () => {
      await endChild(child)
      tidy()
    }
    return { name, env: { DISPLAY: name, XAUTHORITY: authority }, stop }
  } catch (error) {
    tidy()
    throw error
  }
}

/** Xvfb writes the number of the display it took once that is ready. */
function displayNumber(child) {
  return new Promise((resolve, reject) => {
    let written = ''
    let complaint = ''
    const fail = (reason) => reject(new ProvisionError(`The virtual display (Xvfb) did not start: ${reason}`))
    const timer = setTimeout(() => {
      stopChild(child)
      fail(`no answer within ${startMs / 1000} s`)
    }, startMs)
    child.stderr.on('data', (data) => (complaint = (complaint + data).slice(-2_000)))
    child.stdio[3].on('data', (data) => {
      written += data
      if (!written.includes('\n')) return
      clearTimeout(timer)
      resolve(written.trim())
    })
    child.once('error', (error) => {
      clearTimeout(timer)
      fail(error.code ?? error.message)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(complaint.trim() || `it ended with status ${code}`)
    })
  })
}
