import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { startSlapd, type Slapd } from '../../support/slapd'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

let cli: Cli
let slapd: Slapd
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  ;[cli, slapd] = await Promise.all([buildCli(), startSlapd({ tls: 'none' })])
  home = makeHome()
  const lines = [
    ...['AUTH_METHOD=ldap', 'LDAP_HOST=127.0.0.1', `LDAP_PORT=${slapd.ldapPort}`],
    ...[`LDAP_BASE_DN=${slapd.baseDn}`, 'LDAP_USER_DN=ou=people', `LDAP_BIND_DN=${slapd.bindDn}`],
    ...[
      'LDAP_REQUIRED_GROUP=staff',
      'LDAP_HELPDESK_GROUP=desk-helpdesk',
      'LDAP_USER_FILTER=(mail=*@example.test)',
    ],
  ]
  writeFileSync(join(home.home, 'profiles', 'default.env'), lines.join('\n'), { mode: 0o600 })
})
afterAll(async () => {
  await slapd.stop()
  home.remove()
  cli.remove()
})

const snapshot = z.object({
  ok: z.literal(true),
  entries: z.number(),
  bytes: z.number(),
  people: z.literal(10),
  settings: z.record(z.string(), z.string()),
  aliases: z.array(z.object({ alias: z.string() })).length(1),
})

async function run(...argv: string[]) {
  const environment = { LDAP_BIND_PASSWORD: slapd.bindPassword }
  const ended = await runCli({ file: cli.file, home: home.home, environment }, ...argv, '--json')
  return { code: ended.code, document: JSON.parse(ended.stdout) as unknown }
}

it('saves a redacted file, and the settings that it says explain the person behind an alias', async () => {
  const file = join(home.home, 'hidden.ldif')
  const saved = await run('ldap', 'snapshot', file, '--redact', '--alias-of', 'alan')
  expect(saved.code).toBe(0)
  const { settings, aliases } = snapshot.parse(saved.document)
  const own = join(home.home, 'hidden.env')
  writeFileSync(
    own,
    Object.entries(settings)
      .map((each) => each.join('='))
      .join('\n'),
    { mode: 0o600 },
  )
  const alias = aliases[0]?.alias ?? ''
  const explained = await run('ldap', 'explain', alias, '--against', file, '--env-file', own)
  expect(explained).toMatchObject({
    code: 0,
    document: { ok: true, decision: { allowed: true }, account: { role: { after: 'helpdesk' } } },
  })
  const tested = await run('ldap', 'test', '--user', alias, '--against', file, '--env-file', own)
  expect(tested).toMatchObject({ code: 0, document: { ok: true } })
}, 60_000)

it('leaves no file where the place cannot be written', async () => {
  const file = join(home.home, 'missing', 'directory.ldif')
  expect(await run('ldap', 'snapshot', file)).toMatchObject({
    code: 1,
    document: { ok: false, error: { code: 'NOT_FOUND' } },
  })
  expect(existsSync(file)).toBe(false)
})
