import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { syncContract, type SyncPreview } from '../../../src-main/contract/sync'
import { addedPerson, ldapModify, withRoot } from '../../support/ldap-modify'
import { startSlapd, type Slapd } from '../../support/slapd'
import { baseDn } from '../../support/slapd-seed'
import { startPeopledConsole, type Console } from '../sign-in/console'

let slapd: Slapd
let desk: Console
beforeAll(async () => {
  slapd = await startSlapd({ databaseConfig: withRoot })
})
afterAll(() => slapd.stop())
beforeEach(async () => {
  desk = await startPeopledConsole(settings())
})
afterEach(() => desk.close())

function settings(more = ''): string {
  return `AUTH_METHOD=ldap
LDAP_HOST=127.0.0.1
LDAP_PORT=${slapd.ldapsPort}
LDAP_USE_SSL=true
LDAP_TLS_CA_CERT_FILE=${slapd.caFile}
LDAP_BASE_DN=${slapd.baseDn}
LDAP_BIND_DN=${slapd.bindDn}
LDAP_BIND_PASSWORD=${slapd.bindPassword}
LDAP_USER_DN=ou=people
LDAP_PAGE_SIZE=3
LDAP_TIMEOUT=5
${more}`
}

const preview = async (input: object = {}): Promise<SyncPreview> =>
  syncContract.preview.output.parse(await desk.cliValue('sync.preview', { runId: 'p', ...input }))
const applyOf = (seen: SyncPreview, maxRemovals: number | null = null) =>
  desk.cliValue('sync.apply', { runId: 'a', preview: seen.id, maxRemovals })
async function sync(input: object = {}): Promise<string | null> {
  const seen = await preview(input)
  return syncContract.apply.output.parse(await applyOf(seen, seen.disablements.planned)).run
}
async function rows(seen: SyncPreview) {
  const found = await desk.cliValue('sync.rows', { preview: seen.id, limit: 500 })
  const listed = syncContract.rows.output.parse(found).rows
  return Object.fromEntries(listed.map(({ username, action, code }) => [username, [action, code]]))
}
const undo = async (run: string | null) =>
  syncContract.undo.output.parse(await desk.cliValue('sync.undo', { run }))

const factRow = z.record(z.string(), z.unknown())
/** Everything that a sync may change, to be compared before and after. */
async function facts() {
  const look = await desk.database()
  const tables = {
    users: `SELECT id, username, email, full_name, auth_provider, disabled_source, disabled_reason, role, search_text,
      email_folded, email_sort, pending_link FROM users ORDER BY id`,
    identities: 'SELECT account, kind, issuer, subject FROM identities ORDER BY account, subject',
    grants: 'SELECT account, role, source FROM role_grants ORDER BY account, role, source',
  }
  const found: Record<string, unknown> = {}
  for (const [name, sql] of Object.entries(tables)) found[name] = await look.select(factRow, { sql })
  return found
}

describe('a sync', () => {
  it('imports everybody who can be, says why the others cannot, and then has nothing to do', async () => {
    const seen = await preview()
    expect(seen).toMatchObject({ completeness: 'complete', code: null, refusal: null, entries: 11 })
    expect(await rows(seen)).toMatchObject({
      grace: ['create', null],
      nomail: ['skip', 'LDAP_USER_NO_EMAIL'],
      locked: ['skip', 'LDAP_USER_DISABLED'],
      twin: ['conflict', 'NAME_TAKEN'],
    })
    expect(await applyOf(seen)).toMatchObject({ run: seen.id })
    expect(await desk.account('grace')).toMatchObject({
      provider: 'ldap',
      email: 'grace@example.test',
      fullName: 'Grace Hopper',
      hash: null,
    })
    const before = await facts()
    const again = await preview()
    expect(again.counts).toMatchObject({ create: 0, link: 0, update: 0, disable: 0 })
    expect(again.counts.unchanged).toBe(seen.counts.create)
    expect(await applyOf(again)).toMatchObject({ run: null })
    expect(await facts()).toEqual(before)
  })

  it('previews without changing an account', async () => {
    const before = await facts()
    await preview()
    expect(await facts()).toEqual(before)
  })

  it('gives and takes roles by group for everybody at once, nested groups too', async () => {
    desk.configure(settings('LDAP_HELPDESK_GROUP=desk-helpdesk\nLDAP_AUDITOR_GROUP=desk-auditors'))
    await sync()
    expect((await desk.account('grace')).role).toBe('helpdesk')
    expect((await desk.account('alan')).role).toBe('helpdesk')
    expect((await desk.account('katherine')).role).toBe('auditor')
    desk.configure(settings('LDAP_HELPDESK_GROUP=desk-auditors'))
    expect(await rows(await preview())).toMatchObject({
      grace: ['update', null],
      katherine: ['update', null],
    })
    await sync()
    expect((await desk.account('grace')).role).toBe('user')
    expect((await desk.account('katherine')).role).toBe('helpdesk')
  })

  it('leaves roles as they are where a group is ambiguous, and says so', async () => {
    desk.configure(settings('LDAP_HELPDESK_GROUP=desk-helpdesk'))
    await sync()
    desk.configure(settings('LDAP_HELPDESK_GROUP=double'))
    const seen = await preview()
    expect(seen).toMatchObject({ rolesCode: 'LDAP_GROUP_AMBIGUOUS', completeness: 'complete' })
    expect(seen.counts.update).toBe(0)
  })

  it('makes no account for whom the required group keeps out', async () => {
    desk.configure(settings('LDAP_REQUIRED_GROUP=engineering'))
    const listed = await rows(await preview())
    expect(listed).toMatchObject({
      alan: ['create', null],
      grace: ['skip', 'LDAP_USER_NOT_IN_REQUIRED_GROUP'],
    })
  })
})

describe('people who change in the directory', () => {
  const person = `uid=vera,ou=people,${baseDn}`

  it('keep their account when they are renamed and moved; a re-created entry is somebody else', async () => {
    ldapModify(slapd, addedPerson('vera'))
    await sync()
    const { id } = await desk.account('vera')
    ldapModify(
      slapd,
      `dn: ${person}\nchangetype: modrdn\nnewrdn: uid=vera\ndeleteoldrdn: 1\nnewsuperior: ou=branch,ou=people,${baseDn}\n`,
    )
    const moved = `uid=vera,ou=branch,ou=people,${baseDn}`
    expect((await preview()).counts).toMatchObject({ update: 0, disable: 0, conflict: 2 })
    ldapModify(slapd, `dn: ${moved}\nchangetype: modify\nreplace: sn\nsn: Renamed\n`)
    await sync()
    expect(await desk.account('vera')).toMatchObject({ id, fullName: 'vera Renamed', disabled: null })
    ldapModify(slapd, `dn: ${moved}\nchangetype: delete\n\n${addedPerson('vera')}`)
    const listed = syncContract.rows.output.parse(
      await desk.cliValue('sync.rows', { preview: (await preview()).id, search: 'vera' }),
    ).rows
    expect(listed.map(({ action, code }) => [action, code])).toEqual([
      ['conflict', 'LINK_CONFLICT'],
      ['disable', 'LDAP_USER_NOT_FOUND'],
    ])
    ldapModify(slapd, `dn: ${person}\nchangetype: delete\n`)
  })

  it('are disabled with the lock of the directory and come back with it; a disablement by hand stays', async () => {
    ldapModify(slapd, addedPerson('vera') + addedPerson('hand'))
    await sync()
    const hand = await desk.account('hand')
    await desk.cliValue('users.disable', { id: hand.id, reason: 'left' })
    const lock = (uid: string, how: string) =>
      `dn: uid=${uid},ou=people,${baseDn}\nchangetype: modify\n${how}: pwdAccountLockedTime\n`
    const locked = 'pwdAccountLockedTime: 000001010000Z\n\n'
    ldapModify(slapd, lock('vera', 'add') + locked + lock('hand', 'add') + locked)
    await sync()
    const look = await desk.database()
    const sourceOf = async (name: string) => {
      const sql = 'SELECT disabled_source AS source FROM users WHERE username = $name'
      return (await look.select(z.object({ source: z.string().nullable() }), { sql, bind: { name } }))[0]
        ?.source
    }
    expect([await sourceOf('vera'), await sourceOf('hand')]).toEqual(['ldap-sync', 'manual'])
    ldapModify(slapd, `${lock('vera', 'delete')}\n${lock('hand', 'delete')}`)
    await sync()
    expect([await sourceOf('vera'), await sourceOf('hand')]).toEqual([null, 'manual'])
    ldapModify(
      slapd,
      ['vera', 'hand'].map((uid) => `dn: uid=${uid},ou=people,${baseDn}\nchangetype: delete\n`).join('\n'),
    )
  })
})

describe('undoing a run', () => {
  it('takes back exactly what the run changed', async () => {
    const empty = await facts()
    const first = await sync()
    const imported = await facts()
    ldapModify(slapd, `dn: uid=grace,ou=people,${baseDn}\nchangetype: modify\nreplace: sn\nsn: Murray\n`)
    desk.configure(settings('LDAP_HELPDESK_GROUP=desk-helpdesk'))
    const second = await sync()
    expect(await facts()).not.toEqual(imported)
    expect((await undo(second)).counts).toEqual({ restored: 2, removed: 0, conflict: 0 })
    expect(await facts()).toEqual(imported)
    expect((await undo(first)).counts.conflict).toBe(0)
    expect(await facts()).toEqual(empty)
    expect(await desk.cli('sync.undo', { run: first })).toMatchObject({ error: { code: 'CONFLICT' } })
    ldapModify(slapd, `dn: uid=grace,ou=people,${baseDn}\nchangetype: modify\nreplace: sn\nsn: Hopper\n`)
  })

  it('says what somebody else has changed since, and leaves it', async () => {
    const run = await sync()
    const grace = await desk.account('grace')
    await desk.cliValue('users.disable', { id: grace.id, reason: 'left' })
    const undone = await undo(run)
    expect(undone.conflicts).toEqual([{ accountId: grace.id, username: 'grace', fields: ['state'] }])
    expect((await desk.account('grace')).id).toBe(grace.id)
  })
})

describe('what is refused', () => {
  it('the second of two that start at once', async () => {
    const both = await Promise.all([1, 2].map((at) => desk.cli('sync.preview', { runId: `p${at}` })))
    const codes = both.map((result) => (result.ok ? 'OK' : result.error.code))
    expect(codes.toSorted()).toEqual(['OK', 'SYNC_RUNNING'])
  })

  it('to take the last administrator who can sign in: that entry is a conflict, the others follow', async () => {
    desk.configure(settings('LDAP_ADMIN_GROUP=desk-helpdesk'))
    await sync()
    const look = await desk.database()
    const sql = `UPDATE users SET disabled_at = $now, disabled_source = 'manual' WHERE username = 'root'`
    await look.transaction((tx) => look.run(tx, { sql, bind: { now: desk.clock.now().toISOString() } }))
    desk.configure(settings('LDAP_ADMIN_GROUP=desk-auditors\nLDAP_USER_FILTER=(!(uid=katherine))'))
    const listed = await rows(await preview())
    const admins = [listed['alan'], listed['grace']]
    expect(admins).toContainEqual(['conflict', 'LAST_ADMIN'])
    expect(admins).toContainEqual(['update', null])
  })

  it('a sync while another runs, also from another console', async () => {
    const look = await desk.database()
    const sql = `INSERT INTO sync_lock (one, run, beat) VALUES (1, 'other', '2025-03-01T08:59:00.000Z')`
    await look.transaction((tx) => look.run(tx, { sql }))
    expect(await desk.cli('sync.preview', { runId: 'p' })).toMatchObject({ error: { code: 'SYNC_RUNNING' } })
    desk.pass({ minutes: 10 })
    expect((await preview()).completeness).toBe('complete')
  })

  it('an answer without people, and more removals than the limit', async () => {
    await sync()
    desk.configure(settings('LDAP_USER_FILTER=(uid=nobody)'))
    const none = await preview()
    expect(none).toMatchObject({ refusal: 'SYNC_EMPTY_SOURCE', counts: { disable: 0 } })
    desk.configure(settings('LDAP_USER_FILTER=(uid=grace)'))
    const few = await preview()
    const { planned } = few.disablements
    expect(planned).toBeGreaterThan(1)
    const refused = await desk.cli('sync.apply', { runId: 'a', preview: few.id, maxRemovals: planned - 1 })
    expect(refused).toMatchObject({
      error: { code: 'SYNC_TOO_MANY_REMOVALS', details: { removals: planned } },
    })
    await applyOf(few, planned)
    expect(await desk.account('alan')).toMatchObject({ disabled: expect.any(String) as string })
    expect(await desk.account('grace')).toMatchObject({ disabled: null })
  })

  it('a preview whose accounts have changed since', async () => {
    await sync()
    ldapModify(slapd, `dn: uid=grace,ou=people,${baseDn}\nchangetype: modify\nreplace: sn\nsn: Murray\n`)
    const seen = await preview()
    await desk.cliValue('users.disable', { id: (await desk.account('grace')).id, reason: 'left' })
    expect(await desk.cli('sync.apply', { runId: 'a', preview: seen.id })).toMatchObject({
      error: { code: 'CONFLICT' },
    })
    ldapModify(slapd, `dn: uid=grace,ou=people,${baseDn}\nchangetype: modify\nreplace: sn\nsn: Hopper\n`)
  })
})

describe('a sync whose record cannot be written', () => {
  it('does not happen, nor does its preview, its export or its undo', async () => {
    const look = await desk.database()
    const run = (sql: string) => look.transaction((tx) => look.run(tx, { sql }))
    const withoutRoom = async (path: string, input: object) => {
      await run(
        `CREATE TRIGGER no_room BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'no room'); END`,
      )
      const before = await facts()
      expect(await desk.cli(path, input), path).toMatchObject({ error: { code: 'AUDIT_WRITE_FAILED' } })
      expect(await facts()).toEqual(before)
      await run('DROP TRIGGER no_room')
    }
    await withoutRoom('sync.preview', { runId: 'p' })
    const seen = await preview()
    await withoutRoom('sync.apply', { runId: 'a', preview: seen.id })
    await withoutRoom('sync.exportRows', { preview: seen.id, file: 'none', format: 'csv' })
    const before = await facts()
    const { run: applied } = syncContract.apply.output.parse(await applyOf(seen))
    expect(await facts()).not.toEqual(before)
    await withoutRoom('sync.undo', { run: applied })
    await undo(applied)
    expect(await facts()).toEqual(before)
  })
})
