import { hostname } from 'node:os'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contract, type Events } from '../../../src-main/contract'
import { syncContract } from '../../../src-main/contract/sync'
import { startCuttingProxy, type CuttingProxy } from '../../support/cutting-proxy'
import { startSlapd, type Slapd } from '../../support/slapd'
import { adaPassword, startConsole, startPeopledConsole, type Console } from '../sign-in/console'

let slapd: Slapd
let proxy: CuttingProxy
let desk: Console
beforeAll(async () => {
  slapd = await startSlapd()
  proxy = await startCuttingProxy({ host: '127.0.0.1', port: slapd.ldapsPort })
})
afterAll(async () => {
  await proxy.stop()
  await slapd.stop()
})
beforeEach(async () => {
  proxy.cutAfter(Infinity)
  desk = await startPeopledConsole(settings())
  await desk.app.syncIfDue(() => undefined)
})
afterEach(() => desk.close())

function settings(more = '', schedule = '0 * * * *'): string {
  return `AUTH_METHOD=ldap
LDAP_HOST=127.0.0.1
LDAP_PORT=${proxy.port}
LDAP_USE_SSL=true
LDAP_TLS_CA_CERT_FILE=${slapd.caFile}
LDAP_BASE_DN=${slapd.baseDn}
LDAP_BIND_DN=${slapd.bindDn}
LDAP_BIND_PASSWORD=${slapd.bindPassword}
LDAP_USER_DN=ou=people
LDAP_PAGE_SIZE=3
LDAP_TIMEOUT=5
LDAP_SYNC_SCHEDULE=${schedule}
${more}`
}

const schedule = async () => syncContract.schedule.output.parse(await desk.cliValue('sync.schedule'))
const attention = async () =>
  contract.methods.overview.output.parse(await desk.cliValue('methods.overview')).attention
async function anHourLater(): Promise<Events['sync.scheduled'][]> {
  const told: Events['sync.scheduled'][] = []
  desk.pass({ hours: 1 })
  await desk.app.syncIfDue((event, payload) => {
    if (event === 'sync.scheduled') told.push(payload as Events['sync.scheduled'])
  })
  return told
}
const records = async () =>
  (await desk.audit())
    .filter(({ actor }) => actor === `schedule@${hostname()}`)
    .map(({ action, phase, code }) => [action, phase, code])

describe('a sync that begins by itself', () => {
  it('applies what it may, is audited as the schedule, and says when the next one is', async () => {
    expect(await schedule()).toEqual({
      ...{ expression: '0 * * * *', next: '2025-03-01T10:00:00.000Z', running: false },
      ...{ last: null, skipped: null },
    })
    expect(await anHourLater()).toEqual([{ running: true }, { running: false }])
    expect(await desk.account('grace')).toMatchObject({ provider: 'ldap' })
    expect(await records()).toEqual([
      ['sync.preview', 'intent', 'INTENT'],
      ['sync.preview', 'outcome', 'OK'],
      ['sync.apply', 'done', 'OK'],
    ])
    const seen = await schedule()
    expect(seen).toMatchObject({ next: '2025-03-01T11:00:00.000Z', last: { code: null, cause: null } })
    const { runs } = syncContract.runs.output.parse(await desk.cliValue('sync.runs'))
    expect(runs).toMatchObject([{ id: seen.last?.run, actor: `schedule@${hostname()}` }])
    await anHourLater()
    expect((await schedule()).last).toMatchObject({ at: '2025-03-01T11:00:00.000Z', code: null, run: null })
    expect(await attention()).toEqual([])
  })

  it('makes no link that an administrator has to look at', async () => {
    const person = { username: 'hopper', email: 'grace@example.test', role: 'user', password: adaPassword }
    await desk.cliValue('users.create', person)
    await anHourLater()
    expect(await desk.account('alan')).toMatchObject({ provider: 'ldap' })
    expect(await desk.account('hopper')).toMatchObject({
      provider: 'local',
      hash: expect.any(String) as string,
    })
    expect((await schedule()).last).toMatchObject({ code: null, counts: { link: 0 } })
  })

  it('never disables more than the limit; that is a finding until it goes well again', async () => {
    await anHourLater()
    desk.configure(settings('LDAP_USER_FILTER=(uid=grace)'))
    await anHourLater()
    expect(await desk.account('alan')).toMatchObject({ disabled: null })
    const code = 'SYNC_TOO_MANY_REMOVALS'
    expect((await schedule()).last).toMatchObject({ code, run: null })
    expect((await records()).at(-1)).toEqual(['sync.apply', 'done', code])
    expect(await attention()).toMatchObject([{ code, link: '/sync' }])
    desk.configure(settings())
    await anHourLater()
    expect(await attention()).toEqual([])
  })

  it('does nothing after a cut or an empty answer, and says why', async () => {
    await anHourLater()
    desk.configure(settings('LDAP_USER_FILTER=(uid=nobody)'))
    await anHourLater()
    expect((await schedule()).last).toMatchObject({ code: 'SYNC_EMPTY_SOURCE' })
    desk.configure(settings())
    proxy.cutAfter(Infinity)
    await anHourLater()
    expect((await schedule()).last).toMatchObject({ code: null })
    proxy.cutAfter(Math.floor(proxy.passed() * 0.8))
    await anHourLater()
    expect((await schedule()).last).toMatchObject({ code: 'SYNC_PARTIAL' })
    expect((await schedule()).last?.cause).toBe('LDAP_DROPPED')
    expect((await records()).at(-1)).toEqual(['sync.apply', 'done', 'SYNC_PARTIAL'])
    expect(await desk.account('grace')).toMatchObject({ disabled: null })
  })

  it('gives way to another sync: recorded, and no finding', async () => {
    const look = await desk.database()
    const sql = `INSERT INTO sync_lock (one, run, beat) VALUES (1, 'other', '2025-03-01T10:00:00.000Z')`
    await look.transaction((tx) => look.run(tx, { sql }))
    await anHourLater()
    expect((await records()).at(-1)).toEqual(['sync.preview', 'outcome', 'SYNC_RUNNING'])
    expect(await schedule()).toMatchObject({
      last: null,
      skipped: { at: '2025-03-01T10:00:00.000Z', code: 'SYNC_RUNNING' },
    })
    expect(await attention()).toEqual([])
  })

  it('follows the settings without a restart, and rests where the directory signs nobody in', async () => {
    desk.configure(settings('', ''))
    expect(await anHourLater()).toEqual([])
    expect(await schedule()).toMatchObject({ expression: null, next: null })
    desk.configure(settings('', '30 * * * *'))
    expect((await schedule()).next).toBe('2025-03-01T10:30:00.000Z')
    desk.configure('AUTH_METHOD=local\nLDAP_SYNC_SCHEDULE=30 * * * *')
    expect(await anHourLater()).toEqual([])
    expect((await desk.audit()).filter(({ action }) => action.startsWith('sync.'))).toEqual([])
  })

  it('stops with the console: nothing is applied, and the next console can sync at once', async () => {
    const other = desk.another()
    await other.app.syncIfDue(() => undefined)
    desk.pass({ hours: 1 })
    const closing: Promise<void>[] = []
    await other.app.syncIfDue((event) => {
      if (event === 'sync.progress' && closing.length === 0) closing.push(other.app.close())
    })
    await Promise.all(closing)
    expect(closing).toHaveLength(1)
    expect((await records()).at(-1)).toEqual(['sync.preview', 'outcome', 'CANCELLED'])
    await expect(desk.account('grace')).rejects.toThrow('no account grace')
    desk.pass({ hours: 1 })
    await desk.app.syncIfDue(() => undefined)
    expect(await desk.account('grace')).toMatchObject({ provider: 'ldap' })
  })
})

it('waits for the first administrator', async () => {
  const empty = startConsole(settings())
  await empty.app.syncIfDue(() => undefined)
  empty.pass({ hours: 1 })
  await empty.app.syncIfDue(() => undefined)
  expect(await empty.app.status()).toMatchObject({ firstRun: true })
  await empty.createRoot()
  await empty.close()
})

it('takes no expression that cannot be read or whose time never comes', async () => {
  for (const wrong of ['at noon', '0 3 * *', '61 * * * *', '0 0 31 2 *', '* * * * * *']) {
    desk.configure(settings('', wrong))
    const { findings } = contract.settings.check.output.parse(await desk.cliValue('settings.check'))
    const [first] = findings
    expect(first, wrong).toMatchObject({ code: 'CONFIG_INVALID', setting: 'LDAP_SYNC_SCHEDULE' })
    expect(first?.message).toContain('such as 0 3 * * *')
  }
})
