import { accessSync, constants } from 'node:fs'
import { startChild } from '../provision/child.mjs'

const setpriv = '/usr/bin/setpriv'

/**
 * Starts a program that doesn't outlive this one: on Linux not even when this one is killed outright.
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof startChild>[2]} options
 */
export function startDependent(command, args, options) {
  if (process.platform !== 'linux' || !canRun(setpriv)) return startChild(command, args, options)
  return startChild(setpriv, ['--pdeathsig', 'TERM', '--', command, ...args], options)
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
