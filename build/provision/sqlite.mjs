import { copyFileSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './child.mjs'
import { fileHash } from './file-hash.mjs'
import { discardPiece, ensurePiece } from './piece.mjs'
import { floorNode } from './pins.mjs'
import { ProvisionError } from './provision-error.mjs'
import { repository, installedVersion, moduleFile } from './repository.mjs'
import { compileSqlite, fetchPrebuiltSqlite } from './sqlite-build.mjs'

const binary = 'node_sqlite3.node'
const probe = fileURLToPath(new URL('sqlite-probe.mjs', import.meta.url))

/**
 * Puts sqlite3's binary into node_modules, from the cache, prebuilt or compiled, and proves that it works.
 * @param {{ cache: string, log: (message: string) => void, headers: () => Promise<string>, compiler: () => Promise<void> }} context
 * headers: a folder with Node's headers; compiler: makes sure that there is one
 * @returns {Promise<{ path: string, origin: string }>}
 */
export async function provideSqlite(context) {
  const piece = sqlitePiece(context)
  let { folder, note, made } = await ensurePiece(piece)
  await install(join(folder, binary))
  let failure = await probeSqlite(moduleFile('sqlite3'))
  if (failure && !made) {
    context.log(`sqlite3: the cached binary doesn't load here (${failure}); making it again.`)
    discardPiece(piece)
    ;({ folder, note } = await ensurePiece(piece))
    await install(join(folder, binary))
    failure = await probeSqlite(moduleFile('sqlite3'))
  }
  if (failure) throw new ProvisionError(`sqlite3's binary doesn't load: ${failure}`)
  return { path: join(folder, binary), origin: note }
}

function sqlitePiece(context) {
  const version = installedVersion('sqlite3')
  return {
    cache: context.cache,
    log: context.log,
    name: `sqlite3-${version}-${process.platform}-${process.arch}`,
    title: `sqlite3 ${version}`,
    recipe: `sqlite3@${version}, headers ${floorNode}`,
    make: (folder, work) => makeBinary({ folder, work, version, context }),
  }
}

async function makeBinary({ folder, work, version, context }) {
  const source = copySource(work)
  const built = join(source, 'build', 'Release', binary)
  const prebuilt = await fetchPrebuiltSqlite(source, buildEnvironment())
  let problem = prebuilt.problem ?? (await probeSqlite(source))
  if (!problem) {
    copyFileSync(built, join(folder, binary))
    return 'prebuilt'
  }
  context.log(
    `sqlite3 ${version}: no prebuilt binary (${problem}); compiling it, which takes a minute or two, once.`,
  )
  rmSync(join(source, 'build'), { recursive: true, force: true })
  await context.compiler()
  await compileSqlite({ source, headers: await context.headers(), env: buildEnvironment() })
  problem = existsSync(built) ? await probeSqlite(source) : 'the compiler left no binary'
  if (problem) throw new ProvisionError(`sqlite3 ${version} was compiled but doesn't load: ${problem}`)
  copyFileSync(built, join(folder, binary))
  return 'compiled'
}

/** A copy is built, with node-addon-api beside it: gyp writes its output along the relative way to it. */
function copySource(work) {
  const copy = (name) => {
    const target = join(work, 'node_modules', name)
    const built = moduleFile(name, 'build')
    cpSync(moduleFile(name), target, { recursive: true, filter: (path) => path !== built })
    return target
  }
  copy('node-addon-api')
  return copy('sqlite3')
}

/** npm's settings (`nodedir` above all) would reach the build as variables; it must not depend on them. */
function buildEnvironment() {
  const kept = /^npm_config_(https?_proxy|proxy|noproxy|cafile)$/i
  const settings = /^npm_(config|package_config)_/i
  const entries = Object.entries(process.env).filter(([name]) => !settings.test(name) || kept.test(name))
  return {
    ...Object.fromEntries(entries),
    NODE_PATH: join(repository, 'node_modules'),
    PATH: `${dirname(process.execPath)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
  }
}

/** Loads the package in a Node of its own and asks an in-memory database. @returns {Promise<string | undefined>} what failed */
async function probeSqlite(folder) {
  const result = await run(process.execPath, [probe, folder], { env: buildEnvironment(), timeoutMs: 20_000 })
  if (result.code === 0) return undefined
  const words = result.output
    .trim()
    .split('\n')
    .find((line) => /error/i.test(line))
  return result.problem ?? words ?? `ended by ${result.signal ?? `status ${result.code}`}`
}

/** Two starts may do this at once: each writes its own copy and moves it into place. */
async function install(from) {
  const target = moduleFile('sqlite3', 'build', 'Release', binary)
  if (existsSync(target) && (await fileHash(target)) === (await fileHash(from))) return
  mkdirSync(dirname(target), { recursive: true })
  const draft = `${target}.${process.pid}`
  copyFileSync(from, draft)
  renameSync(draft, target)
}
