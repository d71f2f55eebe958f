import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { exitStatus, startChild } from './provision/child.mjs'
import { isCommand, runCommand } from './provision/command.mjs'
import { moduleFile, repository } from './provision/repository.mjs'
import { provision } from './provision.mjs'
import { startVirtualDisplay } from './run/display.mjs'
import { checkSandbox } from './run/sandbox.mjs'
import { testEnvironment } from './run/test-environment.mjs'
import { addCounts, countPlaywright, countVitest } from './run/test-summary.mjs'

const usage = `npm test [-- unit|e2e|all [ARGUMENT…]]

  unit  unit and integration tests; arguments go to vitest
  e2e   the console in a real window; arguments go to Playwright
  all   both, in this order, stopping at the first failure`

/**
 * @typedef {{ node24: string, env: NodeJS.ProcessEnv, report: string, extra: string[] }} Run
 * @typedef {{ run: (run: Run) => Promise<number>, count: (report: object) => import('./run/test-summary.mjs').Count }} Suite
 * @type {Record<string, Suite>}
 */
const suites = {
  unit: { run: runVitest, count: countVitest },
  e2e: { run: runPlaywright, count: countPlaywright },
}

async function main() {
  const [which = 'all', ...extra] = process.argv.slice(2)
  const names = which === 'all' ? Object.keys(suites) : [which]
  if (!names.every((name) => Object.hasOwn(suites, name)) || (which === 'all' && extra.length > 0)) {
    console.error(usage)
    return 2
  }
  const provided = await provision({ need: 'test' })
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-test-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return runSuites(names, {
    node24: provided.node24,
    env: testEnvironment(provided),
    extra,
    report: join(folder, 'report.json'),
  })
}

async function runSuites(names, run) {
  const counts = []
  let status = 0
  for (const name of names) {
    rmSync(run.report, { force: true })
    status = await suites[name].run(run)
    counts.push(countOf(suites[name], run.report, status))
    if (status !== 0) break
  }
  const { passed, failed, skipped } = addCounts(counts)
  if (skipped > 0) console.log(`${skipped} skipped`)
  console.log(`${passed} passed, ${failed} failed`)
  return status
}

/** A runner that fails without naming a failed test still counts as one failure. */
function countOf(suite, report, status) {
  let count = { passed: 0, failed: 0, skipped: 0 }
  try {
    count = suite.count(JSON.parse(readFileSync(report, 'utf8')))
  } catch (error) {
    console.error(`The test runner left no report (${error.message}).`)
  }
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

function runVitest({ node24, env, report, extra }) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return runTool(node24, [moduleFile('vitest', 'vitest.mjs'), 'run', ...reporters, ...extra], env)
}

async function runPlaywright({ node24, env, report, extra }) {
  await ensureBuild({ log: console.log })
  await checkSandbox(env.AUTHDESK_ELECTRON)
  const display = process.platform === 'linux' ? await startVirtualDisplay() : undefined
  const screenEnv = { ...env, ...display?.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  delete screenEnv.ELECTRON_RUN_AS_NODE
  if (display) delete screenEnv.WAYLAND_DISPLAY
  const program = moduleFile('@playwright', 'test', 'cli.js')
  const status = await runTool(node24, [program, 'test', '--reporter=list,json', ...extra], screenEnv)
  await display?.stop()
  return status
}

function runTool(command, args, env) {
  const child = startChild(command, args, {
    cwd: repository,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    asks: 'leader',
  })
  return exitStatus(child)
}

if (isCommand(import.meta.url)) await runCommand(main)
