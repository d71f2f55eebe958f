import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { authMethods } from '../../../src-main/contract/app'
import { impactSchema, type ImpactPerson } from '../../../src-main/contract/auth'
import { impactOf, type WayFacts } from '../../../src-main/core/auth/impact-policy'
import { createSeededRandom } from '../../../src-main/core/demo/seeded-random'
import { adaPassword, rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

const issuer = 'https://id.example.test'
const settings = (method: string) => `AUTH_METHOD=${method}
OIDC_ISSUER=${issuer}
OIDC_CLIENT_ID=desk
LDAP_HOST=127.0.0.1
LDAP_BASE_DN=dc=x
LDAP_ALLOW_ANONYMOUS=true
LDAP_ALLOW_PLAINTEXT=true`

let desk: Console
beforeEach(async () => void (desk = await startPeopledConsole(settings('local'))))
afterEach(() => desk.close())

/** Accounts of every kind, with what is true of each. */
async function crowd(count: number): Promise<Map<string, WayFacts>> {
  const random = createSeededRandom(7)
  const facts = new Map<string, WayFacts>()
  const rows = Array.from({ length: count }, (_, index) => {
    const ldapIdentity = random.below(3) === 0
    const oidcIdentity = random.below(3) === 0
    const foreign = random.below(5) === 0
    const provider = random.pick(['local', 'oidc', 'ldap'] as const)
    const hash = random.below(2) === 0
    const person: WayFacts = {
      ...{ provider, role: random.pick(['user', 'user', 'admin', 'auditor'] as const) },
      ...{ disabled: random.below(4) === 0, hasPassword: provider === 'local' && hash },
      ...{ ldapIdentity, oidcIdentity, anyIdentity: ldapIdentity || oidcIdentity || foreign },
    }
    const id = `p${index}`
    facts.set(id, person)
    return { id, ...person, hash, foreign }
  })
  const look = await desk.database()
  const of = (name: string) => `value ->> '$.${name}'`
  const bind = { rows: JSON.stringify(rows) }
  const identity = (
    kind: string,
    from: string,
    flag: string,
  ) => `INSERT INTO identities (account, kind, issuer, subject)
    SELECT ${of('id')}, '${kind}', '${from}', ${of('id')} FROM json_each($rows) WHERE ${of(flag)}`
  const statements = [
    `INSERT INTO users (id, username, username_folded, username_sort, search_text, auth_provider, password_hash,
      disabled_at, disabled_source, created_at)
      SELECT ${of('id')}, ${of('id')}, ${of('id')}, ${of('id')}, ${of('id')}, ${of('provider')},
      CASE WHEN ${of('hash')} THEN 'x' END, CASE WHEN ${of('disabled')} THEN '2025-01-01T00:00:00.000Z' END,
      CASE WHEN ${of('disabled')} THEN 'manual' END, '2025-01-01T00:00:00.000Z' FROM json_each($rows)`,
    `INSERT INTO role_grants SELECT ${of('id')}, ${of('role')}, 'manual', '2025-01-01T00:00:00.000Z' FROM json_each($rows)`,
    identity('ldap', 'dc=x', 'ldapIdentity'),
    identity('oidc', issuer, 'oidcIdentity'),
    identity('oidc', 'https://gone.example.test', 'foreign'),
  ]
  await look.transaction(async (tx) => {
    for (const sql of statements) await look.run(tx, { sql, bind })
  })
  return facts
}

async function everyone(method: string, changes: string[] = []): Promise<ImpactPerson[]> {
  const people: ImpactPerson[] = []
  let after: string | null = null
  do {
    const page: z.infer<typeof impactSchema> = impactSchema.parse(
      await desk.cliValue('auth.impact', { method, changes, after, limit: 70 }),
    )
    people.push(...page.people)
    after = page.next
  } while (after !== null)
  return people
}

describe('the impact of another AUTH_METHOD', () => {
  it.each(authMethods)(
    '%s is for each account what the rule says, and the counts are their sum',
    async (to) => {
      const facts = await crowd(300)
      for (const from of ['local', 'all'] as const) {
        desk.configure(settings(from))
        const people = await everyone(to)
        expect(people).toHaveLength(302)
        for (const { id, change, code, provider, role } of people) {
          const person = facts.get(id)
          if (!person) continue
          const wanted = impactOf(
            person,
            { method: from, providers: from === 'all' },
            { method: to, providers: true },
          )
          expect({ id, change, code, provider, role }).toEqual({
            ...{ id, ...wanted, provider: person.provider, role: person.role },
          })
        }
        const { counts } = impactSchema.parse(await desk.cliValue('auth.impact', { method: to }))
        for (const change of ['keep', 'lose', 'gain', 'without'] as const) {
          expect(counts[change]).toBe(people.filter((each) => each.change === change).length)
          expect(await everyone(to, [change])).toEqual(people.filter((each) => each.change === change))
        }
      }
    },
  )

  it('says how many administrators would be left, the local way included', async () => {
    expect(await desk.cliValue('auth.impact', { method: 'oidc' })).toMatchObject({
      admins: 1,
      counts: { lose: 2 },
    })
    await desk.cliValue('users.create', {
      username: 'anna',
      email: null,
      authProvider: 'ldap',
      role: 'admin',
    })
    expect(await desk.cliValue('auth.impact', { method: 'ldap' })).toMatchObject({ admins: 1 })
  })

  it('goes into a file as a whole', async () => {
    await crowd(20)
    await desk.signIn('root', rootPassword)
    for (const format of ['csv', 'json'] as const) {
      const name = `impact.${format}`
      const handle = z
        .object({ file: z.object({ handle: z.string() }) })
        .parse(await desk.value('app.chooseSave', { name })).file.handle
      expect(await desk.value('auth.exportImpact', { method: 'oidc', file: handle, format })).toMatchObject({
        people: 22,
      })
      const text = readFileSync(join(desk.folder, name), 'utf8')
      if (format === 'json') expect(JSON.parse(text)).toEqual(await everyone('oidc'))
      else expect(text.split('\r\n')[0]).toBe('name,provider,role,change,code')
    }
    await desk.addPerson('audrey', { role: 'auditor' })
    await desk.signIn('audrey', adaPassword)
    expect(await desk.code('auth.impact', { method: 'oidc' })).toBe('OK')
    expect(await desk.code('auth.exportImpact', { method: 'oidc', file: 'x', format: 'csv' })).toBe(
      'FORBIDDEN',
    )
  })

  it('refuses a cursor that is not its own', async () => {
    expect(await desk.cli('auth.impact', { method: 'oidc', after: 'x' })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    })
  })
})
