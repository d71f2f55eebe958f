// Started by an Electron that has no app of its own: `electron [-r FILE]… [--flag]… [path/to/app]`.
import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

function readArguments(args) {
  const preloads = []
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index]
    if (argument === '--version' || argument === '-v') return { version: true, preloads }
    if (argument === '-r' || argument === '--require') preloads.push(args[(index += 1)])
    else if (!argument.startsWith('-')) return { path: resolve(argument), preloads }
  }
  return { preloads }
}

function readApp(path) {
  if (statSync(path).isFile()) return { main: path, folder: dirname(path), about: {} }
  const about = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  return { main: join(path, about.main ?? 'index.js'), folder: path, about }
}

async function start() {
  const wanted = readArguments(process.argv.slice(1))
  if (wanted.version) {
    process.stdout.write(`v${process.versions.electron}\n`)
    app.exit(0)
    return
  }
  const load = createRequire(join(process.cwd(), 'electron'))
  for (const file of wanted.preloads) load(resolve(file))
  if (!wanted.path) throw new Error('The path of an app is missing.')
  const { main, folder, about } = readApp(wanted.path)
  if (about.productName ?? about.name) app.setName(about.productName ?? about.name)
  if (about.version) app.setVersion(about.version)
  app.setAppPath(folder)
  await import(pathToFileURL(main).href)
}

try {
  await start()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  app.exit(1)
}
