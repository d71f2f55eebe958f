// node build/prove-provisioning.mjs [NPM_VERSION…]: proves provisioning from nothing (empty home, empty npm configuration, a clean copy of the repository) with npm 10, 11 and 12; takes some minutes and about 300 MB of downloads each.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { run } from './provision/child.mjs'
import { isCommand, runCommand } from './provision/command.mjs'
import { npmProgram } from './provision/npm-package.mjs'
import { ProvisionError } from './provision/provision-error.mjs'
import { repository } from './provision/repository.mjs'
import { provision } from './provision.mjs'

const closedRegistry = 'http://127.0.0.1:9/'

/** @typedef {{ folder: string, clone: string, home: string, node: string, npm: string, env: NodeJS.ProcessEnv }} Stage */

async function main() {
  const versions = process.argv.slice(2)
  const { node24 } = await provision({ need: 'test' })
  const rows = []
  for (const version of versions.length > 0 ? versions : ['10', '11', '12']) {
    console.log(`npm ${version}: from nothing …`)
    rows.push(await prove(version, node24))
  }
  console.table(rows)
  return rows.every((row) => Object.values(row).every((value) => !String(value).startsWith('FAILED'))) ? 0 : 1
}

async function prove(version, node24) {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-proof-'))
  const tidy = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', tidy)
  try {
    const stage = await setUp({ folder, version, node24 })
    const row = {
      npm: JSON.parse(readFileSync(join(dirname(dirname(stage.npm)), 'package.json'), 'utf8')).version,
    }
    row.node = (await run(stage.node, ['--version'])).stdout.trim()
    row['npm ci'] = await timed(stage, ['ci'])
    row['first provision'] = await timed(stage, ['run', 'provision', '--', '--tests'])
    Object.assign(row, await probeEverywhere(stage))
    row['second, no network'] = await timed(stage, ['run', 'provision', '--', '--tests'], {
      npm_config_registry: closedRegistry,
      ELECTRON_MIRROR: closedRegistry,
    })
    row['damage mended'] = await mendDamage(stage)
    return row
  } finally {
    tidy()
    process.off('exit', tidy)
  }
}

async function setUp({ folder, version, node24 }) {
  const clone = join(folder, 'clone')
  const home = join(folder, 'home')
  for (const path of [clone, home]) mkdirSync(path)
  await copyRepository(clone)
  for (const name of ['npmrc', 'npmrc-of-the-system']) writeFileSync(join(home, name), '')
  const npm = await fetchNpm(folder, version)
  const engine = JSON.parse(readFileSync(join(dirname(dirname(npm)), 'package.json'), 'utf8')).engines.node
  const node = engine.startsWith('^22') ? node24 : process.execPath
  const settings = /^(npm_|XDG_|ELECTRON_|PLAYWRIGHT_)/i
  const kept = Object.entries(process.env).filter(([name]) => !settings.test(name))
  const env = {
    ...Object.fromEntries(kept),
    HOME: home,
    NPM_CONFIG_USERCONFIG: join(home, 'npmrc'),
    NPM_CONFIG_GLOBALCONFIG: join(home, 'npmrc-of-the-system'),
    PATH: `${dirname(node)}:${process.env.PATH}`,
  }
  return { folder, clone, home, node, npm, env }
}

/** What git knows or would add: nothing that is ignored, so neither node_modules nor out/. */
async function copyRepository(clone) {
  const { stdout, code } = await run('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: repository,
  })
  if (code !== 0) throw new ProvisionError('This proof needs the git repository.')
  for (const file of new Set(stdout.split('\0').filter(Boolean))) {
    cpSync(join(repository, file), join(clone, file), { recursive: true })
  }
}

async function fetchNpm(folder, version) {
  const npm = npmProgram(process.env, process.execPath)
  const packed = await run(npm.command, [...npm.args, 'pack', `npm@${version}`, '--pack-destination', folder])
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (packed.code !== 0 || !archive)
    throw new ProvisionError(`npm ${version} could not be fetched: ${packed.output}`)
  const target = join(folder, 'npm')
  mkdirSync(target)
  await run('tar', ['-xzf', join(folder, archive), '-C', target, '--strip-components=1'])
  return join(target, 'bin', 'npm-cli.js')
}

/** @param {Stage} stage @returns {Promise<string>} the seconds it took, or FAILED */
async function timed(stage, args, more = {}) {
  const start = Date.now()
  const result = await run(stage.node, [stage.npm, ...args], {
    cwd: stage.clone,
    env: { ...stage.env, ...more },
  })
  const seconds = `${((Date.now() - start) / 1000).toFixed(1)} s`
  console.log(`--- npm ${args.join(' ')}: status ${result.code}, ${seconds}\n${result.output.trim()}`)
  return result.code === 0 ? seconds : `FAILED ${seconds}`
}

async function probeEverywhere({ clone, home, env }) {
  const cache = join(home, '.cache', 'authdesk')
  const piece = (start, ...path) =>
    join(cache, readdirSync(cache).find((name) => name.startsWith(start)) ?? start, ...path)
  const runtimes = {
    'Node 20.18.1': piece('node-20', 'bin', 'node'),
    'this Node': process.execPath,
    'Node 24': readdirSync(cache).some((name) => name.startsWith('node-24'))
      ? piece('node-24', 'bin', 'node')
      : process.execPath,
    Electron: piece('electron-', 'electron'),
  }
  const probe = [
    join(clone, 'build', 'provision', 'sqlite-probe.mjs'),
    join(clone, 'node_modules', 'sqlite3'),
  ]
  const row = {}
  for (const [name, executable] of Object.entries(runtimes)) {
    const { code, stdout } = await run(executable, probe, { env: { ...env, ELECTRON_RUN_AS_NODE: '1' } })
    row[name] = code === 0 ? `SQLite ${stdout.trim()}` : 'FAILED'
  }
  return row
}

/** Takes a file out of one piece and breaks another; both come back. */
async function mendDamage(stage) {
  const cache = join(stage.home, '.cache', 'authdesk')
  const node = readdirSync(cache).find((name) => name.startsWith('node-20'))
  const electron = readdirSync(cache).find((name) => name.startsWith('electron-'))
  rmSync(join(cache, node, 'bin', 'node'))
  writeFileSync(join(cache, electron, 'icudtl.dat'), 'broken')
  const result = await timed(stage, ['run', 'provision', '--', '--tests'])
  const left = readdirSync(cache).filter((name) => /\.(lock|tmp-)/.test(name))
  return left.length > 0 ? `FAILED, left: ${left.join(' ')}` : result
}

if (isCommand(import.meta.url)) await runCommand(main)
