import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from '../provision/child.mjs'
import { ProvisionError } from '../provision/provision-error.mjs'

/**
 * Chromium's sandbox needs user namespaces or its own set-uid helper. Where a system forbids the first, this says
 * how to allow the second instead of switching the sandbox off.
 * @param {string} electron the executable
 * @param {() => Promise<boolean>} [allowed]
 */
export async function checkSandbox(electron, allowed = userNamespacesAllowed) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return
  const helper = join(dirname(electron), 'chrome-sandbox')
  if (!existsSync(helper) || isSetUidRoot(helper) || (await allowed())) return
  throw new ProvisionError(
    [
      "This system doesn't let a program without special rights make a sandbox (a user namespace),",
      "so Chromium's helper needs that right:",
      `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
      'Then start again.',
    ].join('\n'),
    { exitCode: 2 },
  )
}

function isSetUidRoot(file) {
  const { uid, mode } = statSync(file)
  return uid === 0 && (mode & 0o4000) !== 0
}

/** Tried rather than read from settings, which every distribution names differently. */
async function userNamespacesAllowed() {
  const { code, problem } = await run('unshare', ['--user', '--map-root-user', 'true'])
  return code === 0 || problem !== undefined
}
