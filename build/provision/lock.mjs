import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { clearInterval, setInterval } from 'node:timers'
import { setTimeout as sleep } from 'node:timers/promises'

/** The holder touches its lock this often, so that a lock left by a crash is told from a slow holder. */
const heartbeatMs = 5_000
const silentMs = 60_000
const unwrittenMs = 10_000
const pollMs = 200

/** @type {Map<string, string>} lock file → its content, for what this process holds */
const held = new Map()
process.on('exit', () => {
  for (const [file, content] of held) release(file, content)
})

/**
 * @param {{ owner: { pid: number, host: string } | undefined, host: string, alive: (pid: number) => boolean, ageMs: number }} lock
 * ageMs: time since the lock's last heartbeat
 * @returns {boolean} whether nobody stands behind this lock any more
 */
export function lockIsStale({ owner, host, alive, ageMs }) {
  if (!owner) return ageMs > unwrittenMs
  if (owner.host === host && !alive(owner.pid)) return true
  return ageMs > silentMs
}

/**
 * Runs `work` while this process alone holds the lock file.
 * @template T
 * @param {string} file
 * @param {(message: string) => void} log
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, log, work) {
  const content = await acquire(file, log)
  const heartbeat = setInterval(() => beat(file), heartbeatMs)
  heartbeat.unref()
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    release(file, content)
    held.delete(file)
  }
}

async function acquire(file, log) {
  const content = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() })
  let told = false
  for (;;) {
    try {
      writeFileSync(file, content, { flag: 'wx' })
      held.set(file, content)
      return content
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const found = examine(file)
    if (found?.stale) {
      removeStale(file, found.content)
      continue
    }
    if (found && !told) {
      told = true
      log(
        `Another start (process ${found.owner?.pid ?? 'unknown'}) is preparing the same part; waiting for it.`,
      )
    }
    await sleep(pollMs)
  }
}

function examine(file) {
  try {
    const content = readFileSync(file, 'utf8')
    const owner = parseOwner(content)
    const ageMs = Date.now() - statSync(file).mtimeMs
    return { content, owner, stale: lockIsStale({ owner, host: hostname(), alive: processLives, ageMs }) }
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

function parseOwner(content) {
  try {
    const { pid, host } = JSON.parse(content)
    return Number.isInteger(pid) && typeof host === 'string' ? { pid, host } : undefined
  } catch {
    return undefined
  }
}

function processLives(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Moves the lock aside before deleting it: if another waiter was faster, its new lock is put back. */
function removeStale(file, judged) {
  const aside = `${file}.${randomUUID()}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw error
  }
  try {
    if (readFileSync(aside, 'utf8') !== judged) linkSync(aside, file)
  } finally {
    unlinkSync(aside)
  }
}

function beat(file) {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

function release(file, content) {
  try {
    if (readFileSync(file, 'utf8') === content) unlinkSync(file)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}
