import { describe, expect, it } from 'vitest'
import type { SecretStore, Settings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { compareRuns } from '../../../src-main/core/history/compare-runs'
import { facetViews } from '../../../src-main/core/history/describe-runs'
import type { HistoryStore, WholeRun } from '../../../src-main/core/history/history-store'
import { createRunKeeper } from '../../../src-main/core/history/keep-runs'
import { silentLogger, stoppedClock } from '../../support/database'
import { hitsIn } from '../../support/report-canaries'
import { load } from '../settings/load'

const os = { kind: 'os', name: 'ada', roles: ['admin'] } as const

function secretStore(kind: SecretStore['kind']): SecretStore {
  const held = new Map<string, string>()
  return {
    kind,
    get: (name) => Promise.resolve(held.get(name) ?? null),
    set: (name, value) => Promise.resolve(void held.set(name, value)),
    remove: (name) => Promise.resolve(void held.delete(name)),
  }
}

function keeper(kind: SecretStore['kind'], refuse = false) {
  const runs: WholeRun[] = []
  const add: HistoryStore['add'] = (run) => {
    if (refuse) return Promise.reject(new Error('the disk is gone'))
    runs.push({ ...run, id: runs.length + 1 })
    return Promise.resolve(runs.length)
  }
  const store = () => Promise.resolve({ add } as HistoryStore)
  const secrets = secretStore(kind)
  const { keep } = createRunKeeper({ store, secrets, clock: stoppedClock(), logger: silentLogger })
  const test = (settings: Settings, typed: string | null = null) =>
    keep({ settings, subject: 'ldap', actor: os, stages: [], facets: { 'rootdse.product': typed }, typed })
  return { runs, test }
}

const settings = (password: string) =>
  load(`LDAP_HOST=dir\nLDAP_BASE_DN=dc=a\nLDAP_BIND_DN=cn=svc\nLDAP_BIND_PASSWORD=${password}\n`)

const changes = ([before, after]: readonly WholeRun[]) =>
  before && after ? compareRuns(before, after).changes.map(({ facet }) => facet) : null

describe('a bind password', () => {
  it('that changed is named where secrets are kept encrypted, and its value is nowhere', async () => {
    const { runs, test } = keeper('encrypted')
    await test(settings('first-canary-4711'))
    await test(settings('second-canary-4711'))
    expect(changes(runs)).toEqual(['settings.LDAP_BIND_PASSWORD'])
    expect(hitsIn(JSON.stringify(runs), ['first-canary-4711', 'second-canary-4711'])).toEqual([])
  })

  it('that stayed the same is no difference', async () => {
    const { runs, test } = keeper('encrypted')
    await test(settings('first-canary-4711'))
    await test(settings('first-canary-4711'))
    expect(changes(runs)).toEqual([])
  })

  it('leaves no mark where a key could not be kept apart', async () => {
    const { runs, test } = keeper('memory')
    await test(settings('first-canary-4711'))
    await test(settings('second-canary-4711'))
    expect(changes(runs)).toEqual([])
    expect(runs[0]?.facets['settings.LDAP_BIND_PASSWORD']).toEqual({ set: true, mark: null })
  })

  it('shows neither value nor mark', async () => {
    const { runs, test } = keeper('encrypted')
    await test(settings('first-canary-4711'))
    const shown = facetViews(createTexts(), runs[0]?.facets ?? {})
    expect(shown.find(({ name }) => name === 'LDAP_BIND_PASSWORD')?.value).toBe('set')
    expect(JSON.stringify(shown)).not.toMatch(/[0-9a-f]{8}:[0-9a-f]{16}/)
  })
})

describe('what a server repeats of a password', () => {
  it('is taken out before it is kept', async () => {
    const { runs, test } = keeper('memory')
    await test(settings('x'), 'typed-canary-4711')
    expect(hitsIn(JSON.stringify(runs), ['typed-canary-4711'])).toEqual([])
  })
})

describe('a history that cannot be written', () => {
  it('is said and stops nothing', async () => {
    expect(await keeper('memory', true).test(settings('x'))).toEqual({ run: null, code: 'INTERNAL' })
  })
})
