import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const ownGroups = process.platform !== 'win32'
const graceMs = 5_000

/** @typedef {{ child: import('node:child_process').ChildProcess, asks: 'leader' | 'group' }} Living */
/** @type {Set<Living>} in order of their start */
const living = new Set()

process.on('exit', () => {
  for (const one of living) signalOne({ ...one, asks: 'group' }, 'SIGKILL')
})

/**
 * Starts a program in a process group of its own, so that all of it can be ended with this process.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { asks?: 'leader' | 'group' }} [options]
 * asks: who is asked to end first; a program that ends its own children wants to be asked alone
 */
export function startChild(command, args, options = {}) {
  const { asks = 'group', ...rest } = options
  const child = spawn(command, args, { ...rest, detached: ownGroups, windowsHide: true })
  const one = { child, asks }
  living.add(one)
  child.once('error', () => living.delete(one))
  child.once('exit', () => living.delete(one))
  return child
}

/**
 * Runs a program to its end and collects what it printed.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, input?: string, timeoutMs?: number, onText?: (text: string, child: import('node:child_process').ChildProcess) => void }} [options]
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, stdout: string, output: string, problem?: string }>}
 * output: both streams; problem: why it didn't start, or that its time was up
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = startChild(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const result = { code: null, signal: null, stdout: '', output: '' }
    const take = (stream) => (data) => {
      const text = data.toString()
      result.output = (result.output + text).slice(-200_000)
      if (stream === 'stdout') result.stdout += text
      options.onText?.(text, child)
    }
    child.stdout.on('data', take('stdout'))
    child.stderr.on('data', take('stderr'))
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
    const timer =
      options.timeoutMs &&
      setTimeout(() => {
        result.problem = `it took longer than ${options.timeoutMs / 1000} s`
        stopChild(child)
      }, options.timeoutMs)
    child.once('error', (error) => {
      clearTimeout(timer)
      resolve({ ...result, problem: error.code ?? error.message })
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ ...result, code, signal })
    })
  })
}

/** Ends one child and its whole group at once. @param {import('node:child_process').ChildProcess} child */
export function stopChild(child) {
  signalOne({ child, asks: 'group' }, 'SIGKILL')
}

/** Asks one child to end, and ends its whole group when it doesn't in time. */
export async function endChild(child, asks = 'leader') {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  signalOne({ child, asks }, 'SIGTERM')
  const timer = setTimeout(() => stopChild(child), graceMs)
  await gone
  clearTimeout(timer)
}

/**
 * Waits for a child's end, its output included.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit status
 */
export function exitStatus(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? statusOfSignal(signal ?? 'SIGKILL')))
  })
}

/** Ends everything this process started, the newest first. */
export async function endChildren() {
  for (const { child, asks } of [...living].reverse()) await endChild(child, asks)
}

/** @param {NodeJS.Signals} signal @returns {number} the exit status shells give to an end by this signal */
export function statusOfSignal(signal) {
  return 128 + (constants.signals[signal] ?? 0)
}

function signalOne({ child, asks }, signal) {
  if (!child.pid) return
  try {
    if (asks === 'group' && ownGroups) process.kill(-child.pid, signal)
    else process.kill(child.pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error
  }
}
