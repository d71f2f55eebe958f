import { setTimeout as sleep } from 'node:timers/promises'
import { run, stopChild } from './child.mjs'
import { ProvisionError } from './provision-error.mjs'
import { moduleFile } from './repository.mjs'

const hostPatienceMs = 10_000
const wholeDownloadMs = 120_000
const compileMs = 20 * 60_000

/**
 * Asks sqlite3's release host for its binary; the host has 10 s to answer.
 * @param {string} source a copy of the sqlite3 package
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ problem?: string }>}
 */
export async function fetchPrebuiltSqlite(source, env) {
  const ending = new AbortController()
  let answered = false
  let silent = false
  const onText = (text, child) => {
    if (/prebuild-install http \d/.test(text)) answered = true
    watch ??= sleep(hostPatienceMs, undefined, { signal: ending.signal }).then(
      () => {
        silent = !answered
        if (silent) stopChild(child)
      },
      () => undefined,
    )
  }
  let watch
  const program = moduleFile('prebuild-install', 'bin.js')
  const result = await run(process.execPath, [program, '-r', 'napi', '--verbose'], {
    cwd: source,
    env,
    timeoutMs: wholeDownloadMs,
    onText,
  })
  ending.abort()
  await watch
  if (silent) return { problem: `its release host doesn't answer within ${hostPatienceMs / 1000} s` }
  return result.code === 0 ? {} : { problem: result.problem ?? prebuiltReason(result.output) }
}

function prebuiltReason(output) {
  const warning = output.split('\n').findLast((line) => /^prebuild-install (warn|error)/.test(line))
  return warning?.replace(/^prebuild-install \S+ (install )?/, '').trim() ?? 'it could not be fetched'
}

/**
 * Compiles sqlite3 with node-gyp against the given headers, whatever Node runs this.
 * @param {{ source: string, headers: string, env: NodeJS.ProcessEnv }} job
 */
export async function compileSqlite({ source, headers, env }) {
  const gyp = moduleFile('node-gyp', 'bin', 'node-gyp.js')
  const args = ['rebuild', `--nodedir=${headers}`, '--jobs=max', '--loglevel=warn']
  const result = await run(process.execPath, [gyp, ...args], { cwd: source, env, timeoutMs: compileMs })
  if (result.code === 0) return
  const words = result.output.trim().split('\n').slice(-25).join('\n')
  throw new ProvisionError(
    `${words}\n\nsqlite3 could not be compiled${result.problem ? ` (${result.problem})` : ''}. ` +
      'It needs python3, make and a C++ compiler (g++); the lines above say what is missing.',
  )
}
