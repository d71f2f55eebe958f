import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hash, verify } from '@node-rs/argon2'
import { createApp } from '../../src-main/core/app/create-app'
import { createFiles } from '../../src-main/core/app/files'
import { homeAt } from '../../src-main/core/app/home'
import { standardCost } from '../../src-main/core/sign-in/password-hash'
import { AppError } from '../../src-main/contract/errors'
import { silentLogger } from '../support/database'
import { machine, middle, round } from '../support/measure'

/**
 * A local sign-in through the door, from the request to the open session, as a multiple of one bare argon2
 * verification with the same parameters. They take turns, so that both meet the same machine. One JSON document on
 * stdout.
 */
const rounds = 40
const password = 'copper-lantern-viaduct-ninety'
const { memoryCost, timeCost, parallelism } = standardCost
const parameters = { memoryCost, timeCost, parallelism }

const nothing = () => undefined
const memory = new Map<string, string>()

function openApp(folder: string) {
  const envFile = join(folder, 'desk.env')
  writeFileSync(envFile, 'AUTH_METHOD=local\n', { mode: 0o600 })
  return createApp({
    ...{ home: homeAt(join(folder, 'home')), profile: null, envFile, environment: {}, databasePath: null },
    ...{ migrations: 'apply', docs: 'docs', version: '0.0.0', demo: false, logFile: null },
    runtime: { kind: 'node', electron: null, node: process.versions.node },
    ports: {
      ...{ clock: { now: () => new Date() }, logger: silentLogger, files: createFiles() },
      secrets: {
        kind: 'memory',
        get: (key) => Promise.resolve(memory.get(key) ?? null),
        set: (key, value) => Promise.resolve(void memory.set(key, value)),
        remove: (key) => Promise.resolve(void memory.delete(key)),
      },
      browser: { open: () => Promise.reject(new AppError('OIDC_BROWSER')) },
      desk: {
        ...{ copy: nothing, protect: nothing, pageShown: nothing, openExternal: () => Promise.resolve() },
        chooseFile: () => Promise.resolve(null),
        chooseSave: () => Promise.resolve(null),
      },
    },
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-bench-'))
  const app = openApp(folder)
  try {
    const ask = async (path: string, input: unknown) => {
      const result = await app.dispatch({ path, input, caller: { kind: 'window' }, emit: nothing })
      if (!result.ok) throw new Error(`${path}: ${result.error.code}`)
    }
    const admin = { username: 'root', email: 'root@example.test', fullName: 'Root', password }
    await ask('session.createFirstAdmin', admin)
    const stored = await hash(password, parameters)
    const signIn = () => ask('session.signIn', { runId: 'r', username: 'root', password, way: 'form' })
    await signIn()
    await ask('session.signOut', {})
    await verify(stored, password)
    const [bare, whole]: [number[], number[]] = [[], []]
    for (let at = 0; at < rounds; at += 1) {
      bare.push(await timed(() => verify(stored, password)))
      whole.push(await timed(signIn))
      await ask('session.signOut', {})
    }
    const [floor, median] = [middle(bare), middle(whole)]
    const report = {
      ...{ bench: 'sign-in', rounds, goal: { ratio: 1.1 } },
      floor: { what: 'one argon2id verification', parameters, medianMs: round(floor) },
      results: { signIn: { medianMs: round(median), ratio: round(median / floor) } },
      ...machine(),
    }
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
