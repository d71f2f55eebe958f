import { spawn } from 'node:child_process'
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cacheFolder } from '../../../build/provision/cache-folder.mjs'

const repository = resolve(import.meta.dirname, '../../..')
const usersCache = cacheFolder(process.env, process.platform)
const runsDevelopmentElectron = process.env['AUTHDESK_RUNTIME'] === 'development'

let work = ''
let home = ''
let closedRegistry = ''
const cache = () => join(home, '.cache', 'authdesk')
const clone = () => join(work, 'clone')
const moduleBinary = () => join(clone(), 'node_modules/sqlite3/build/Release/node_sqlite3.node')

interface Result {
  status: number | null
  text: string
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<Result> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    const take = (data: Buffer) => (text += data.toString())
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', fail)
    child.once('close', (status) => done({ status, text }))
  })
}

/** An empty home, an empty npm configuration and a registry that nothing answers at. */
function strangersEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const settings = /^(npm_|XDG_|ELECTRON_MIRROR$)/i
  const kept = Object.entries(process.env).filter(([name]) => !settings.test(name))
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    NPM_CONFIG_USERCONFIG: join(home, 'npmrc'),
    npm_config_registry: closedRegistry,
    ELECTRON_MIRROR: closedRegistry,
    ...more,
  }
}

const systemNode = 'node'

function provision(args: string[] = [], more: NodeJS.ProcessEnv = {}): Promise<Result> {
  return run(systemNode, [join(clone(), 'build/provision.mjs'), ...args], strangersEnvironment(more))
}

function probe(executable: string, more: NodeJS.ProcessEnv = {}): Promise<Result> {
  const args = [join(clone(), 'build/provision/sqlite-probe.mjs'), join(clone(), 'node_modules/sqlite3')]
  return run(executable, args, { ...strangersEnvironment(), ...more })
}

/** A copy whose big files are hard links: it may be deleted from, never written into. */
function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else linkOrCopy(source, target)
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    cpSync(source, target, { preserveTimestamps: true })
  }
}

function linkPieces(wanted: (name: string) => boolean): void {
  const pieces = readdirSync(usersCache).filter((name) => !/\.(lock|tmp-)/.test(name))
  for (const name of pieces.filter(wanted)) linkTree(join(usersCache, name), join(cache(), name))
}

/** A clone whose packages are the installed ones, except that sqlite3 has no binary yet. */
function makeClone(): void {
  mkdirSync(join(clone(), 'node_modules'), { recursive: true })
  for (const name of ['build', 'package.json', '.npmrc']) {
    cpSync(join(repository, name), join(clone(), name), { recursive: true })
  }
  const modules = join(repository, 'node_modules')
  for (const name of readdirSync(modules).filter((entry) => entry !== 'sqlite3')) {
    symlinkSync(join(modules, name), join(clone(), 'node_modules', name))
  }
  const built = join(modules, 'sqlite3', 'build')
  cpSync(join(modules, 'sqlite3'), join(clone(), 'node_modules', 'sqlite3'), {
    recursive: true,
    filter: (path) => path !== built,
  })
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'authdesk-provision-'))
  closedRegistry = `http://127.0.0.1:${await closedPort()}/`
  makeClone()
})
afterAll(() => rmSync(work, { recursive: true }))

beforeEach(() => {
  home = mkdtempSync(join(work, 'home-'))
  writeFileSync(join(home, 'npmrc'), '')
  linkPieces((name) => !name.startsWith('node-20'))
  rmSync(dirname(moduleBinary()), { recursive: true, force: true })
})

describe('a start with everything cached', () => {
  it('uses no network, says in one line which Electron runs, and leaves nothing behind', async () => {
    linkPieces((name) => name.startsWith('node-20'))
    const before = readdirSync(cache())
    const { status, text } = await provision(['--tests'])
    expect({ status, text }).toMatchObject({ status: 0 })
    expect(text.match(/^Electron .+: .+$/gm)).toHaveLength(1)
    expect(text).not.toContain('Fetching')
    expect(readdirSync(cache())).toEqual(before)
  })

  it('gives a sqlite3 that loads in Node 20, in Node 24, in the system’s Node and in Electron', async () => {
    await provision()
    const { AUTHDESK_NODE20, AUTHDESK_NODE24, AUTHDESK_ELECTRON } = process.env
    for (const node of [AUTHDESK_NODE20, AUTHDESK_NODE24, systemNode]) {
      expect(node).toBeTruthy()
      expect(await probe(node ?? '')).toMatchObject({
        status: 0,
        text: expect.stringMatching(/^3\./) as string,
      })
    }
    expect(await probe(AUTHDESK_ELECTRON ?? '', { ELECTRON_RUN_AS_NODE: '1' })).toMatchObject({ status: 0 })
  })

  it('works for two at once', async () => {
    const both = await Promise.all([provision(), provision()])
    expect(both.map((result) => result.status)).toEqual([0, 0])
    expect(readdirSync(dirname(moduleBinary()))).toEqual(['node_sqlite3.node'])
    expect((await probe(systemNode)).status).toBe(0)
  })
})

describe('damage', () => {
  it('in node_modules is mended from the cache', async () => {
    await provision()
    truncateSync(moduleBinary(), 1_000)
    expect((await probe(systemNode)).status).not.toBe(0)
    expect(await provision()).toMatchObject({ status: 0 })
    expect((await probe(systemNode)).status).toBe(0)
  })

  it.skipIf(!runsDevelopmentElectron)('in the cache is named, and never run', async () => {
    const [electron = ''] = readdirSync(cache()).filter((name) => name.startsWith('electron-'))
    rmSync(join(cache(), electron, 'icudtl.dat'))
    const { status, text } = await provision()
    expect(status).toBe(1)
    expect(text).toContain('icudtl.dat is missing')
    expect(text).not.toMatch(/^Electron .+: cached/m)
  })
})

describe('no network', () => {
  it('and no cache: one error that says what was tried and what helps', async () => {
    rmSync(cache(), { recursive: true })
    const { status, text } = await provision([], { ELECTRON_OVERRIDE_DIST_PATH: '' })
    expect(status).toBe(1)
    for (const words of [
      '127.0.0.1',
      'ECONNREFUSED',
      'registry',
      'ELECTRON_MIRROR',
      'ELECTRON_OVERRIDE_DIST_PATH',
    ]) {
      expect(text).toContain(words)
    }
    expect(text).not.toMatch(/^ {4}at /m)
    expect(readdirSync(cache())).toEqual([])
  })

  it('or no folder for the cache: the error names it', async () => {
    const file = join(work, 'file')
    writeFileSync(file, '')
    const { status, text } = await provision([], { XDG_CACHE_HOME: file })
    expect({ status, text }).toEqual({
      status: 1,
      text: expect.stringContaining('Set XDG_CACHE_HOME') as string,
    })
  })
})

describe('ELECTRON_OVERRIDE_DIST_PATH', () => {
  it('comes before everything else, and is refused where there is no Electron', async () => {
    const folder = dirname(process.env['AUTHDESK_ELECTRON'] ?? '')
    const given = await provision([], { ELECTRON_OVERRIDE_DIST_PATH: folder })
    expect(given).toMatchObject({ status: 0 })
    expect(given.text).toContain('set by ELECTRON_OVERRIDE_DIST_PATH')
    const wrong = await provision([], { ELECTRON_OVERRIDE_DIST_PATH: home })
    expect(wrong).toEqual({ status: 1, text: expect.stringContaining('but there is no') as string })
  })
})

describe.skipIf(!runsDevelopmentElectron)('the release host', () => {
  async function withMirror(
    answer: { status: number; body: string },
    act: (mirror: string) => Promise<void>,
  ) {
    const server = createServer((request, response) => {
      response.writeHead(request.method === 'HEAD' ? 200 : answer.status).end(answer.body)
    }).listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    try {
      await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    } finally {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
  }

  it('is asked again when that is wanted; without it the development runtime stays', async () => {
    await withMirror({ status: 404, body: '' }, async (mirror) => {
      const { status, text } = await provision(['--retry-official'], { ELECTRON_MIRROR: mirror })
      expect({ status, text }).toMatchObject({ status: 0 })
      expect(text).toMatch(/development runtime\): the release host can't be reached \(HTTP 404\); verified/)
    })
  })

  it('is not believed when what it gives is not the pinned Electron', async () => {
    await withMirror({ status: 200, body: 'something else' }, async (mirror) => {
      const { status, text } = await provision(['--retry-official'], { ELECTRON_MIRROR: mirror })
      expect(status).toBe(1)
      expect(text).toContain('is not the pinned one; it is not used')
      expect(readdirSync(cache()).filter((name) => /^electron-.*(?<!-development)$/.test(name))).toEqual([])
    })
  })
})
