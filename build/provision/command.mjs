import { readFileSync, realpathSync } from 'node:fs'
import { setInterval } from 'node:timers'
import { fileURLToPath } from 'node:url'
import { endChildren, statusOfSignal } from './child.mjs'
import { ProvisionError } from './provision-error.mjs'

const parentPollMs = 500

/** @param {string} moduleUrl @returns {boolean} whether this module is the program that was started */
export function isCommand(moduleUrl) {
  const started = process.argv[1]
  return started !== undefined && realpathSync(started) === fileURLToPath(moduleUrl)
}

/**
 * Runs a command to its exit status: explained failures print their message only, and an interruption
 * ends everything that was started.
 * @param {() => Promise<number | void>} main
 */
export async function runCommand(main) {
  let ending = false
  const end = async (status) => {
    if (ending) process.exit(status)
    ending = true
    await endChildren()
    process.exit(status)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => void end(statusOfSignal(signal)))
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (error.code === 'EPIPE') void end(statusOfSignal('SIGPIPE'))
    })
  }
  if (process.env.npm_lifecycle_event) onParentGone(() => void end(statusOfSignal('SIGHUP')))
  try {
    const status = (await main()) ?? 0
    if (!ending) await end(status)
  } catch (error) {
    if (ending) return
    console.error(explained(error) ?? error)
    await end(error instanceof ProvisionError ? error.exitCode : 1)
  }
}

const obstacles = {
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
}

/** What a person can do something about is said in one line; anything else is a bug and keeps its stack. */
function explained(error) {
  if (error instanceof ProvisionError) return error.message
  const obstacle = obstacles[error?.code]
  return obstacle && `${error.dest ?? error.path ?? 'A file'} can't be written: ${obstacle} (${error.code}).`
}

/** A signal to npm ends npm and at most its shell, and leaves this process to itself: then they have other parents. */
function onParentGone(act) {
  const line = ancestors()
  setInterval(() => {
    if (ancestors() !== line) act()
  }, parentPollMs).unref()
}

/** The shell that npm started this with and, where the system tells, npm. */
function ancestors() {
  const parent = process.ppid
  try {
    const status = readFileSync(`/proc/${parent}/status`, 'utf8')
    return `${parent} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`
  } catch {
    return String(parent)
  }
}
