import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { npmProgram } from '../../../build/provision/npm-package.mjs'
import { runsTools } from '../../../build/provision/node-runtime.mjs'
import { releaseMirror } from '../../../build/provision/official-electron.mjs'
import { hashSources } from '../../../build/run/build-stamp.mjs'
import { isChromiumNoise, passLines } from '../../../build/run/chromium-noise.mjs'
import { xauthority } from '../../../build/run/display.mjs'
import { electronFlags } from '../../../build/run/electron-flags.mjs'
import { addCounts, countPlaywright, countVitest } from '../../../build/run/test-summary.mjs'

describe('electronFlags', () => {
  it('switches the sandbox off for root only, and the GPU on a virtual display only', () => {
    expect(electronFlags({ uid: 1000, virtualDisplay: false, env: { DISPLAY: ':0' } })).toEqual([])
    expect(electronFlags({ uid: undefined, virtualDisplay: false, env: { DISPLAY: ':0' } })).toEqual([])
    expect(electronFlags({ uid: 0, virtualDisplay: true, env: {} })).toEqual([
      '--no-sandbox',
      '--disable-gpu',
    ])
  })

  it('chooses Wayland where that is the only display', () => {
    expect(electronFlags({ uid: 1, virtualDisplay: false, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toEqual([
      '--ozone-platform-hint=auto',
    ])
  })
})

describe('the lines of Electron', () => {
  it.each([
    '[4711:1123/153301.123456:ERROR:bus.cc(407)] Failed to connect to the bus',
    '[4711:4712:1123/153301.123456:WARNING:viz_main_impl.cc(181)] VizNullHypothesis is disabled',
    '(electron:4711): Gtk-WARNING **: cannot open display',
    'libva error: vaGetDriverNameByIndex() failed',
    '',
  ])('drops %j', (line) => expect(isChromiumNoise(line)).toBe(true))

  it.each([
    '[5:1123/153301.123:FATAL:zygote_host.cc(1)] No usable sandbox!',
    'ready http://x',
    'Error: broken',
    '    at main.js:1:1',
    '[users] a line of our own',
    '{"level":50}',
  ])('keeps %j', (line) => expect(isChromiumNoise(line)).toBe(false))

  it('puts lines together that arrive in pieces, and passes on an unfinished last one', async () => {
    const stream = new PassThrough()
    const lines: string[] = []
    passLines(stream, (line) => lines.push(line))
    stream.write('rea')
    stream.write('dy\nse')
    stream.end('cond')
    await new Promise((resolve) => stream.once('close', resolve))
    expect(lines).toEqual(['ready', 'second'])
  })
})

describe('xauthority', () => {
  it('has one entry that is good for every display', () => {
    const hex = `ffff${'0000'.repeat(2)}0012${Buffer.from('MIT-MAGIC-COOKIE-1').toString('hex')}0002abcd`
    expect(xauthority(Buffer.from([0xab, 0xcd])).toString('hex')).toBe(hex)
  })
})

describe('runsTools', () => {
  it.each([
    ['20.19.1', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['23.4.0', false],
    ['24.0.0', true],
    ['25.1.0', false],
    ['26.0.0', true],
  ])('Node %s: %s', (version, enough) => expect(runsTools(version)).toBe(enough))
})

describe('npmProgram', () => {
  it('is the npm that runs the script, not another package manager', () => {
    expect(npmProgram({ npm_execpath: '/n/bin/npm-cli.js' }, '/bin/node')).toEqual({
      command: '/bin/node',
      args: ['/n/bin/npm-cli.js'],
    })
    expect(npmProgram({ npm_execpath: '/y/yarn.js' }, '/nowhere/bin/node')).toEqual({
      command: 'npm',
      args: [],
    })
  })
})

describe('releaseMirror', () => {
  it('is the one that npm’s configuration or the environment names', () => {
    expect(releaseMirror({ ELECTRON_MIRROR: 'https://mirror.example/' })).toBe('https://mirror.example/')
    expect(releaseMirror({ ELECTRON_MIRROR: 'https://a/', npm_config_electron_mirror: 'https://b/' })).toBe(
      'https://b/',
    )
    expect(releaseMirror({})).toMatch(/^https:\/\/.+\/$/)
  })
})

describe('the sum of the tests', () => {
  it('counts tests, and a file that can’t be loaded as one failure', () => {
    const assertionResults = [
      { status: 'passed' },
      { status: 'failed' },
      { status: 'skipped' },
      { status: 'todo' },
    ]
    const testResults = [
      { status: 'failed', assertionResults },
      { status: 'failed', assertionResults: [] },
    ]
    expect(countVitest({ testResults })).toEqual({ passed: 1, failed: 2, skipped: 2 })
  })

  it('counts Playwright’s flaky tests and errors outside of tests as failures', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 3, failed: 3, skipped: 2 })
    expect(countPlaywright({})).toEqual({ passed: 0, failed: 0, skipped: 0 })
  })

  it('adds up', () => {
    const one = { passed: 1, failed: 2, skipped: 3 }
    expect(addCounts([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
  })
})

describe('hashSources', () => {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'authdesk-stamp-'))
    mkdirSync(join(root, 'src-main', 'core'), { recursive: true })
    writeFileSync(join(root, 'src-main', 'core', 'a.ts'), 'a')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('changes with a file’s content and name, not with what is no source', () => {
    const before = hashSources(root)
    writeFileSync(join(root, 'README.md'), 'not bundled')
    expect(hashSources(root)).toBe(before)
    writeFileSync(join(root, 'src-main', 'core', 'a.ts'), 'b')
    const changed = hashSources(root)
    expect(changed).not.toBe(before)
    writeFileSync(join(root, 'src-main', 'core', 'b.ts'), '')
    expect(hashSources(root)).not.toBe(changed)
  })
})
