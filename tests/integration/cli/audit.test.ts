import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

let cli: Cli
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())
beforeEach(async () => {
  home = makeHome()
  for (const name of ['ada', 'grace', 'edsger']) await run('users', 'create', name, '--role', 'admin')
})
afterEach(() => home.remove())

const run = (...argv: string[]) => runCli({ file: cli.file, home: home.home }, ...argv)
const json = async (...argv: string[]) => {
  const { code, stdout } = await run(...argv, '--json')
  return { code, document: z.record(z.string(), z.unknown()).parse(JSON.parse(stdout)) }
}
const tamper = (sql: string) => {
  const database = new DatabaseSync(join(home.home, 'authdesk.sqlite'))
  database.exec(sql)
  database.close()
}

describe('audit', () => {
  it('lists what was done by whom', async () => {
    const { code, document } = await json('audit', 'list', '--user', 'grace')
    expect(code).toBe(0)
    expect(document).toMatchObject({
      ...{ ok: true, total: 1, next: null },
      records: [
        {
          action: 'users.create',
          target: 'grace',
          code: 'OK',
          actor: expect.stringMatching(/^os:/) as string,
        },
      ],
    })
    const text = await run('audit', 'list', '--limit', '2')
    expect(text.stdout).toContain('2 of 3; the next page: --after 2')
    expect((await run('audit', 'list', '--since', 'yesterday')).code).toBe(2)
  })

  it('verifies the chain, and says where it was altered', async () => {
    const whole = await json('audit', 'verify')
    expect(whole).toMatchObject({ code: 0, document: { ok: true, records: 3, first: null, macs: 'no-key' } })
    tamper(`UPDATE audit_events SET target = 'alan' WHERE sequence = 2`)
    const altered = await json('audit', 'verify')
    expect(altered).toMatchObject({
      ...{
        code: 1,
        document: { ok: false, code: 'AUDIT_TAMPERED', first: { sequence: 2, fault: 'altered' } },
      },
    })
    expect((await run('audit', 'verify')).stdout).toContain('record 2 was altered')
  })

  it('misses records that were cut from the end, by the head beside the database or one noted elsewhere', async () => {
    const head = readFileSync(join(home.home, 'authdesk.sqlite.head'), 'utf8').trim()
    expect((await run('audit', 'verify', '--head', head)).code).toBe(0)
    tamper(
      `DELETE FROM audit_events WHERE sequence = 3; UPDATE console_state
        SET value = (SELECT json_object('sequence', sequence, 'hash', hash) FROM audit_events WHERE sequence = 2)
        WHERE key = 'audit.head'`,
    )
    expect((await json('audit', 'verify')).document).toMatchObject({
      first: { sequence: 3, fault: 'cut-tail' },
    })
    expect((await run('audit', 'verify', '--head', 'no head')).code).toBe(2)
  })

  it('writes an export whole and for its owner, or not at all', async () => {
    const file = join(home.home, 'audit.csv')
    const { code, document } = await json('audit', 'export', file)
    expect({ code, document }).toMatchObject({ code: 0, document: { ok: true, file, records: 4 } })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8').split('\r\n')[1]).toContain('users.create')
    const wrong = await json('audit', 'export', join(home.home, 'audit.txt'))
    expect(wrong).toMatchObject({ code: 2, document: { error: { code: 'INVALID_INPUT' } } })
    const nowhere = join(home.home, 'none', 'audit.csv')
    expect((await run('audit', 'export', nowhere)).stderr).toContain(`${nowhere} cannot be written (ENOENT)`)
    expect(existsSync(nowhere)).toBe(false)
  })
})
