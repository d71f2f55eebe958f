import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { exitStatus, startChild } from './provision/child.mjs'
import { isCommand, runCommand } from './provision/command.mjs'
import { ProvisionError } from './provision/provision-error.mjs'
import { moduleFile, repository } from './provision/repository.mjs'
import { provision } from './provision.mjs'
import { testEnvironment } from './run/test-environment.mjs'

const folder = join(repository, 'tests', 'bench')

/** Runs one benchmark of tests/bench under Node 24; its JSON is all that reaches standard output. */
async function main() {
  const [name, ...args] = process.argv.slice(2)
  const names = benchNames()
  if (name === undefined) {
    console.log(names.join('\n'))
    return 0
  }
  if (!names.includes(name)) {
    console.error(`There is no benchmark ${name}. There are: ${names.join(', ') || 'none yet'}`)
    return 2
  }
  const provided = await provision({ need: 'test', log: console.error })
  const work = mkdtempSync(moduleFile('.authdesk-bench-'))
  process.once('exit', () => rmSync(work, { recursive: true, force: true }))
  const file = await bundle(name, work)
  const child = startChild(provided.node24, [file, ...args], {
    cwd: repository,
    env: testEnvironment(provided),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return exitStatus(child)
}

function benchNames() {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
}

/** The bundle lies in node_modules, so that the packages it leaves out are found from there. */
async function bundle(name, work) {
  const { build } = await import('vite')
  await build({
    root: repository,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(folder, `${name}.ts`),
      outDir: work,
      emptyOutDir: false,
      target: 'node20.18',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'bench.mjs' } },
    },
  })
  const file = join(work, 'bench.mjs')
  if (!existsSync(file)) throw new ProvisionError(`The benchmark ${name} could not be bundled.`)
  return file
}

if (isCommand(import.meta.url)) await runCommand(main)
