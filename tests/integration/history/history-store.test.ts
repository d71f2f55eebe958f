import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../src-main/core/db/database'
import { createHistoryStore, type HistoryStore } from '../../../src-main/core/history/history-store'
import { expiryJobs } from '../../../src-main/core/upkeep/upkeep-store'
import { temporaryHome, type TestHome } from '../../support/database'

let home: TestHome
let database: Database
let store: HistoryStore
beforeEach(async () => {
  home = await temporaryHome()
  database = await home.open()
  store = createHistoryStore(database)
})
afterEach(() => home.remove())

const start = Date.parse('2025-01-01T00:00:00.000Z')
const day = 86_400_000
const at = (days: number) => new Date(start + days * day)

const add = (days: number, change: { ok?: boolean; subject?: string; profile?: string } = {}) => {
  const ok = change.ok ?? true
  return store.add({
    ...{ profile: 'shop', subject: 'ldap', actor: 'os:ada', ok, code: ok ? null : 'LDAP_DROPPED' },
    ...{ stages: [{ id: 'bind', status: ok ? 'passed' : 'failed', code: null, ms: 3 }] },
    ...{ facets: { 'tls.protocol': 'TLSv1.3', 'counts.people': { count: 3, whole: true } } },
    ...{ at: at(days).toISOString(), ...change },
  })
}

const idsOf = async (profile = 'shop', subject: string | null = null) =>
  (await store.list({ profile, subject, after: null, limit: 500 })).map(({ id }) => id)

async function upkeep(days: number): Promise<number> {
  const job = expiryJobs(database).find(({ name }) => name === 'test runs')
  return (await job?.run(at(days))) ?? -1
}

describe('the kept tests', () => {
  it('come page by page, the newest first, each once', async () => {
    const added: number[] = []
    for (let each = 0; each < 7; each += 1) added.push(await add(each))
    await add(0, { subject: 'oidc:keycloak' })
    await add(0, { profile: 'other' })
    const seen: number[] = []
    for (let after: number | null = null; ;) {
      const page = await store.list({ profile: 'shop', subject: 'ldap', after, limit: 3 })
      if (page.length === 0) break
      seen.push(...page.map(({ id }) => id))
      after = page.at(-1)?.id ?? null
    }
    expect(seen).toEqual(added.toReversed())
    expect(await store.count({ profile: 'shop', subject: null })).toBe(8)
    expect(await store.subjects('shop')).toEqual(['ldap', 'oidc:keycloak'])
  })

  it('come back as they were kept', async () => {
    const id = await add(1)
    expect(await store.run(id)).toMatchObject({
      facets: { 'tls.protocol': 'TLSv1.3', 'counts.people': { count: 3, whole: true } },
      stages: [{ id: 'bind', status: 'passed', code: null, ms: 3 }],
    })
    expect(await store.run(id + 1)).toBeNull()
  })

  it('know the last good one before a run, of the same profile and subject', async () => {
    const good = await add(1)
    await add(2, { subject: 'oidc:keycloak' })
    await add(2, { profile: 'other' })
    await add(3, { ok: false })
    const red = await add(4, { ok: false })
    const newest = await store.newest('shop', 'ldap')
    expect(newest?.id).toBe(red)
    expect((await store.lastGoodBefore({ id: red, profile: 'shop', subject: 'ldap' }))?.id).toBe(good)
    expect(await store.lastGoodBefore({ id: good, profile: 'shop', subject: 'ldap' })).toBeNull()
  })
})

describe('upkeep', () => {
  it('keeps the newest hundred of each profile and subject, and doing it twice removes nothing more', async () => {
    const others = [await add(0, { subject: 'oidc:keycloak' }), await add(0, { profile: 'other' })]
    const added: number[] = []
    for (let each = 0; each < 104; each += 1) added.push(await add(1))
    expect(await upkeep(2)).toBe(4)
    expect(await upkeep(2)).toBe(0)
    expect(await idsOf('shop', 'ldap')).toEqual(added.slice(4).toReversed())
    expect([...(await idsOf('shop', 'oidc:keycloak')), ...(await idsOf('other'))]).toEqual(others)
  })

  it('removes what is older than 400 days, but never the last good one', async () => {
    await add(0)
    const good = await add(1)
    await add(2, { ok: false })
    const red = await add(100, { ok: false })
    expect(await upkeep(450)).toBe(2)
    expect(await idsOf()).toEqual([red, good])
    expect(await upkeep(450)).toBe(0)
  })

  it('keeps the last good one behind a hundred red ones', async () => {
    const good = await add(0)
    for (let each = 0; each < 101; each += 1) await add(1, { ok: false })
    expect(await upkeep(2)).toBe(1)
    const ids = await idsOf()
    expect(ids).toHaveLength(101)
    expect(ids.at(-1)).toBe(good)
  })
})
