import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCli, makeHome, nodes, runCli, type Cli } from './cli-process'

let cli: Cli
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())
beforeEach(() => (home = makeHome()))
afterEach(() => home.remove())

const password = 'violet staple harbour 71 wren'

/** The whole engine once under each Node that it must run on: settings, database, hashing, audit. */
describe.each(nodes)('on %s', (_version, node) => {
  const run = (stdin: string, ...argv: string[]) =>
    runCli({ file: cli.file, node, home: home.home, stdin }, ...argv, '--json')
  const documentOf = async (stdin: string, ...argv: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await run(stdin, ...argv)
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('Warning') as unknown })
    return JSON.parse(stdout)
  }

  it('checks, makes, lists, resets and copies', async () => {
    expect(await documentOf('', 'config', 'check')).toMatchObject({ ok: true, method: 'local' })
    const made = await documentOf(
      `${password}\n`,
      'users',
      'create',
      'ada',
      '--role',
      'admin',
      '--password-stdin',
    )
    expect(made).toMatchObject({ ok: true, user: { username: 'ada', role: 'admin' } })
    expect(await documentOf('', 'users', 'list')).toMatchObject({ total: 1, users: [{ username: 'ada' }] })
    const signedIn = await run(`${password}\n`, 'users', 'list', '--as', 'ada', '--password-stdin')
    expect(JSON.parse(signedIn.stdout)).toMatchObject({ error: { code: 'PASSWORD_MUST_CHANGE' } })
    // --as has signed out again, so no session is left to end.
    const reset = await documentOf('', 'users', 'reset-password', 'ada', '--reason', 'asked by phone')
    expect(reset).toMatchObject({ ok: true, sessionsEnded: 0 })
    expect(await documentOf('', 'db', 'status')).toMatchObject({ pending: [], dialect: 'sqlite' })
  })
})
