import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

let cli: Cli
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
  home = makeHome()
  const settings = [
    'AUTH_METHOD=ldap',
    'LDAP_HOST=127.0.0.1',
    'LDAP_PORT=1',
    'LDAP_BASE_DN=dc=example,dc=org',
  ]
  const more = ['LDAP_USER_DN=ou=users', 'LDAP_BIND_DN=cn=reader,dc=example,dc=org']
  writeFileSync(join(home.home, 'profiles', 'default.env'), [...settings, ...more].join('\n'), {
    mode: 0o600,
  })
})
afterAll(() => {
  home.remove()
  cli.remove()
})

const person = (uid: string, mail: string) => `
dn: uid=${uid},ou=users,dc=example,dc=org
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid}
sn: ${uid}
entryUUID: 00000000-0000-4000-8000-${uid.padStart(12, '0')}
${mail}`
const head = 'dn: ou=users,dc=example,dc=org\nobjectClass: organizationalUnit\nou: users\n'

function file(...people: string[]): string {
  const path = join(home.home, 'directory.ldif')
  writeFileSync(path, [head, ...people].join('\n'))
  return path
}

async function run(...argv: string[]) {
  const environment = { LDAP_BIND_PASSWORD: 'hunter2 of the service account' }
  const ended = await runCli({ file: cli.file, home: home.home, environment }, ...argv, '--json')
  return { code: ended.code, document: JSON.parse(ended.stdout) as Record<string, unknown> }
}

describe('authdesk ldap sync', () => {
  it('previews, applies, finds nothing to do and is undone, in the documented shape', async () => {
    const path = file(
      person('aa', 'mail: aa@example.org\n'),
      person('bb', 'mail: bb@example.org\n'),
      person('cc', ''),
    )
    const changes = join(home.home, 'changes.csv')
    const seen = await run('ldap', 'sync', '--against', path, '--changes', changes)
    const nobody = { link: 0, update: 0, disable: 0, conflict: 0 }
    expect(seen).toEqual({
      code: 0,
      document: {
        ok: true,
        mode: 'preview',
        completeness: 'complete',
        counts: { create: 2, unchanged: 0, skip: 1, ...nobody },
        skipped: [{ dn: 'uid=cc,ou=users,dc=example,dc=org', code: 'LDAP_USER_NO_EMAIL' }],
        ms: expect.any(Number) as number,
      },
    })
    expect(readFileSync(changes, 'utf8')).toContain('"uid=aa,ou=users,dc=example,dc=org",aa,create')
    const applied = await run('ldap', 'sync', '--against', path, '--apply')
    const { runId } = applied.document
    expect(applied).toMatchObject({ code: 0, document: { mode: 'apply', counts: { create: 2 } } })
    expect(runId).toBeTypeOf('string')
    const again = await run('ldap', 'sync', '--against', path, '--apply')
    expect(again.document).toMatchObject({ counts: { create: 0, unchanged: 2, skip: 1, ...nobody } })
    expect(again.document).not.toHaveProperty('runId')
    const undone = await run('ldap', 'undo', String(runId))
    expect(undone.document).toEqual({
      ok: true,
      counts: { restored: 0, removed: 2, conflict: 0 },
      conflicts: [],
    })
  })

  it('ends with 1 where more would be disabled than the limit, and disables them with their number', async () => {
    const people = ['a1', 'a2', 'a3'].map((uid) => person(uid, `mail: ${uid}@example.org\n`))
    await run('ldap', 'sync', '--against', file(...people), '--apply')
    const path = file(...people.slice(0, 1))
    expect(await run('ldap', 'sync', '--against', path)).toMatchObject({
      code: 1,
      document: { ok: false, refusal: 'SYNC_TOO_MANY_REMOVALS', counts: { disable: 2 } },
    })
    expect(await run('ldap', 'sync', '--against', path, '--apply')).toMatchObject({
      code: 1,
      document: { ok: false, error: { code: 'SYNC_TOO_MANY_REMOVALS', details: { removals: 2, limit: 1 } } },
    })
    const applied = await run('ldap', 'sync', '--against', path, '--apply', '--max-removals', '2')
    expect(applied).toMatchObject({ code: 0, document: { counts: { disable: 2 } } })
  })
})
