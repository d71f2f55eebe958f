import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { teamSchema } from '../../../src-main/contract/teams'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

let cli: Cli
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())
beforeEach(() => (home = makeHome()))
afterEach(() => home.remove())

const run = (...argv: string[]) => runCli({ file: cli.file, home: home.home, stdin: '' }, ...argv)
async function json(...argv: string[]): Promise<unknown> {
  const { stdout } = await run(...argv, '--json')
  return JSON.parse(stdout)
}
const changed = z.strictObject({ ok: z.literal(true), team: z.strictObject(teamSchema.shape) })

it('teams are made, filled, renamed, emptied and deleted, by name', async () => {
  await run('users', 'create', 'ada', '--email', 'ada@example.org')
  const { team } = changed.parse(await json('teams', 'create', 'Night shift'))
  expect(changed.parse(await json('teams', 'add', 'Night shift', 'ada')).team.members).toBe(1)
  expect(await json('teams', 'list')).toEqual({ ok: true, teams: [{ ...team, members: 1 }], total: 1 })
  const listed = await run('teams', 'list')
  expect(listed.stdout).toMatch(/Night shift +1 +made here/)
  expect(changed.parse(await json('teams', 'rename', team.id, 'Nights')).team.name).toBe('Nights')
  expect(changed.parse(await json('teams', 'remove', 'Nights', 'ada')).team.members).toBe(0)
  expect(await run('teams', 'remove', 'Nights', 'ada')).toMatchObject({ code: 1 })
  changed.parse(await json('teams', 'delete', 'Nights'))
  const gone = await run('teams', 'delete', 'Nights', '--json')
  expect(gone.code).toBe(1)
  expect(JSON.parse(gone.stdout)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
})
