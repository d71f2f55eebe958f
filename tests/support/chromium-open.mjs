#!/usr/bin/env node
// Opens one address in a headless Chromium with a profile of its own, as the system browser would, and ends once the
// redirect URI of that address was reached (of one that names none, as for a sign-out: once it is back at another page of
// the same origin), or after BROWSER_SECONDS (30). Usable as BROWSER.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const address = process.argv[2]
if (address === undefined || !/^https?:\/\//.test(address)) {
  console.error('usage: chromium-open.mjs http(s)://…')
  process.exit(2)
}
const { origin, searchParams } = new URL(address)
const redirectUri = searchParams.get('redirect_uri') ?? `${origin}/`
const profile = mkdtempSync(join(tmpdir(), 'authdesk-chromium-'))
const flags = [
  '--headless',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-proxy-server',
  '--remote-debugging-port=0',
  `--user-data-dir=${profile}`,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]
const chromium = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', [...flags, address], {
  stdio: ['ignore', 'ignore', 'pipe'],
  detached: true,
})

let ended = false
function end(status) {
  if (ended) return
  ended = true
  process.exitCode = status
  chromium.once('exit', clean)
  if (chromium.exitCode !== null || chromium.signalCode !== null || chromium.pid === undefined) return clean()
  kill('SIGTERM')
  setTimeout(() => kill('SIGKILL'), 2000).unref()
}

function kill(signal) {
  try {
    process.kill(-chromium.pid, signal)
  } catch {
    // It has ended already.
  }
}

function clean() {
  kill('SIGKILL')
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  process.exit()
}

chromium.on('error', (error) => {
  console.error(error.message)
  rmSync(profile, { recursive: true, force: true })
  process.exit(1)
})
chromium.once('exit', () => end(ended ? process.exitCode : 1))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => end(0))
setTimeout(() => end(1), Number(process.env.BROWSER_SECONDS ?? 30) * 1000).unref()

let noise = ''
chromium.stderr.on('data', (chunk) => {
  noise += chunk
  const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(noise)?.[1]
  if (port === undefined) return
  chromium.stderr.removeAllListeners('data').resume()
  void watch(port)
})

/** Asks Chromium itself where it is, until it shows the redirect URI. */
async function watch(port) {
  while (!ended) {
    try {
      const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()
      const there = targets.some(
        (target) => target.type === 'page' && target.url !== address && target.url.startsWith(redirectUri),
      )
      if (there) return end(0)
    } catch {
      // Starting or ending.
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
