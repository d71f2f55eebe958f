import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

const repository = join(import.meta.dirname, '../../..')

/** The tests' own Node, and the oldest that is supported where the run provides it. */
export const nodes: readonly (readonly [version: string, node: string])[] = [
  [`Node ${process.versions.node}`, process.execPath],
  ...(process.env['AUTHDESK_NODE20'] ? [['Node 20', process.env['AUTHDESK_NODE20']] as const] : []),
]

export interface Cli {
  readonly file: string
  readonly remove: () => void
}

/** Bundles the command line as the build does, beside the modules that it needs at run time. */
export async function buildCli(): Promise<Cli> {
  const parent = join(repository, 'node_modules')
  const folder = mkdtempSync(join(parent, '.authdesk-cli-test-'))
  const outDir = join(folder, 'out', 'cli')
  // Like the package's own: older Nodes do not tell a module by its syntax.
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    build: {
      ssr: join(repository, 'src-main/hosts/cli/main.ts'),
      target: 'node20.18',
      outDir,
      emptyOutDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'authdesk.js' } },
    },
  })
  return { file: join(outDir, 'authdesk.js'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunCli {
  readonly file: string
  /** The Node that runs it; the tests' own one where none is given. */
  readonly node?: string
  readonly home: string
  readonly stdin?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Called once the program has started. */
  readonly started?: (kill: (signal: NodeJS.Signals) => void) => void
}

/** Only what a program needs to start: nothing of the tests' own environment may change the outcome. */
function environmentOf({ home, environment }: RunCli): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '', HOME: home, AUTHDESK_HOME: home, ...environment }
}

export function runCli(run: RunCli, ...argv: string[]): Promise<Ended> {
  const child = spawn(run.node ?? process.execPath, [run.file, ...argv], {
    env: environmentOf(run),
    stdio: 'pipe',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  // A command that reads nothing may end before its input does.
  child.stdin.on('error', () => undefined)
  child.stdin.end(run.stdin ?? '')
  run.started?.((signal) => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** An empty home that is removed at the end. */
export function makeHome(): { home: string; remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'authdesk-cli-home-'))
  mkdirSync(join(home, 'profiles'))
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) }
}
