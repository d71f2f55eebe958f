import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import type { Ladder, SettingView } from '../../../src-main/contract/ldap'
import type { AuditEntry, CallContext, Settings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createLdapHandlers, type LdapHandlerDeps } from '../../../src-main/core/ldap/handlers'
import type { LdapTestRun } from '../../../src-main/core/ldap/ldap-test'
import { ldapSettings } from '../../support/ldap-settings'

const view = (name: string, change: Partial<SettingView> = {}): SettingView => ({
  ...{ name, value: 'x', set: true, secret: false, source: 'profile', ...change },
})
const settings = {
  ldap: ldapSettings({ port: 1389 }),
  views: [
    ...[
      view('AUTH_METHOD'),
      view('LDAP_HOST'),
      view('LDAP_BIND_DN'),
      view('LDAP_BASE_DN'),
      view('LDAP_ADMIN_GROUP'),
    ],
    ...[view('LDAP_TLS_CA_CERT_FILE'), view('LDAP_BIND_PASSWORD', { value: 'leak', secret: true })],
  ],
} as unknown as Settings

const stage = { ms: 1, summary: '', detail: [], next: null }
const refused: Ladder = {
  ok: false,
  target: { host: 'a', port: 1, encryption: 'none' },
  summary: '',
  stages: [
    { ...stage, id: 'config', status: 'passed', code: null },
    { ...stage, id: 'userbind', status: 'failed', code: 'LDAP_USER_PASSWORD' },
  ],
}

function room(change: Partial<LdapHandlerDeps> = {}) {
  const runs: LdapTestRun[] = []
  const notes: AuditEntry[] = []
  const events: unknown[] = []
  const handlers = createLdapHandlers({
    settings: () => Promise.resolve(settings),
    drafts: {
      load: () => Promise.reject(new Error('no draft')),
      saw: () => undefined,
      tested: () => 'untested',
    },
    texts: createTexts(),
    explain: () => Promise.reject(new Error('nobody is explained here')),
    snapshot: () => Promise.reject(new Error('nothing is saved here')),
    clock: { now: () => new Date('2026-01-01T00:00:00Z') },
    test: (run) => {
      runs.push(run)
      run.onStage('config', null)
      for (const { id, ...rest } of refused.stages.slice(1)) run.onStage(id as 'userbind', { id, ...rest })
      return Promise.resolve(refused)
    },
    files: {
      path: (handle) =>
        handle === 'h1' ? '/some/where/people.ldif' : handle === 's' ? '/demo/sample.ldif' : null,
      add: () => ({ handle: 'h2', name: 'new.ldif' }),
    },
    desk: { chooseFile: () => Promise.resolve('/picked/new.ldif') },
    sample: null,
    ...change,
  })
  const context = {
    signal: new AbortController().signal,
    emit: (_: string, payload: unknown) => void events.push(payload),
    audit: { note: (entry: AuditEntry) => void notes.push(entry) },
  } as unknown as CallContext
  const run = (
    input: Partial<{ user: string | null; password: string | null; against: string | null; profile: string }>,
  ) =>
    handlers.test(
      { runId: 'r', user: null, password: null, against: null, profile: null, probe: null, ...input },
      context,
    )
  return { handlers, context, run, runs, notes, events }
}

describe('the summary', () => {
  test('groups the settings and never shows a secret', async () => {
    const { handlers, context } = room()
    const summary = await handlers.summary({ profile: null }, context)
    const groups = Object.fromEntries(
      summary.groups.map(({ id, settings: all }) => [id, all.map(({ name }) => name)]),
    )
    expect(groups).toEqual({
      server: ['LDAP_HOST'],
      bind: ['LDAP_BIND_DN', 'LDAP_BIND_PASSWORD'],
      people: ['LDAP_BASE_DN'],
      groups: ['LDAP_ADMIN_GROUP'],
      trust: ['LDAP_TLS_CA_CERT_FILE'],
    })
    expect(JSON.stringify(summary)).not.toContain('leak')
  })
})

describe('the test', () => {
  test('reports its stages, and notes target, person and result but no password', async () => {
    const { run, notes, events } = room()
    await run({ user: 'ada', password: 'secret' })
    expect(events[0]).toEqual({ runId: 'r', target: '127.0.0.1:1389', id: 'config', stage: null })
    expect(notes).toEqual([
      { target: '127.0.0.1:1389', after: { user: 'ada' } },
      { target: '127.0.0.1:1389', after: { user: 'ada', result: 'LDAP_USER_PASSWORD' } },
    ])
    expect(JSON.stringify([notes, events])).not.toContain('secret')
  })

  test('a password without a name is not used, an empty name is none', async () => {
    const { run, runs } = room()
    await run({ user: '', password: 'secret' })
    expect(runs[0]).toMatchObject({ user: null, password: null })
  })

  test('a file comes by its handle only, and its path is not told', async () => {
    const { run, runs, notes } = room()
    await run({ against: 'h1' })
    expect(runs[0]?.against).toBe('/some/where/people.ldif')
    expect(notes[0]?.target).toBe('people.ldif')
    await expect(run({ against: '/etc/passwd' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('the demo tests its sample file', async () => {
    const { run, runs } = room({ sample: { handle: 's', name: 'sample.ldif' } })
    await run({})
    expect(runs[0]?.against).toBe('/demo/sample.ldif')
  })

  test('a person’s refused password counts; a limit that is reached stops before the directory is asked', async () => {
    const failed: string[] = []
    const limits = {
      turn: <T>(_: string, work: () => Promise<T>) => work(),
      check: () => Promise.resolve(),
      failed: (name: string, code: string) => Promise.resolve(void failed.push(`${name} ${code}`)),
    }
    await room({ limits }).run({ user: 'ada', password: 'x' })
    expect(failed).toEqual(['ada LDAP_USER_PASSWORD'])
    const full = room({ limits: { ...limits, check: () => Promise.reject(new Error('limited')) } })
    await expect(full.run({ user: 'ada', password: 'x' })).rejects.toThrow('limited')
    expect(full.runs).toEqual([])
  })

  test.each([
    ['while the bind is under way', null, ['ada CANCELLED']],
    ['after its refusal was shown', refused.stages[1] ?? null, ['ada LDAP_USER_PASSWORD']],
    ['after it passed', { ...stage, id: 'userbind', status: 'passed', code: null } as const, []],
  ] as const)('a test broken off %s is no free guess', async (_, shown, expected) => {
    const failed: string[] = []
    const limits = {
      turn: <T>(_: string, work: () => Promise<T>) => work(),
      check: () => Promise.resolve(),
      failed: (name: string, code: string) => Promise.resolve(void failed.push(`${name} ${code}`)),
    }
    const brokenOff: LdapHandlerDeps['test'] = (run) => {
      run.onStage('userbind', null)
      if (shown) run.onStage('userbind', shown)
      return Promise.reject(new AppError('CANCELLED'))
    }
    const { run } = room({ limits, test: brokenOff })
    await expect(run({ user: 'ada', password: 'x' })).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(failed).toEqual(expected)
  })

  test('the overview of the methods learns of the directory’s tests, not of a file’s', async () => {
    const seen: string[] = []
    const { run } = room({ reachability: { saw: (target) => void seen.push(target) } })
    await run({ against: 'h1' })
    expect(seen).toEqual([])
    await run({})
    expect(seen).toEqual(['ldap'])
  })
})

test('a chosen file becomes a handle; choosing none is no file', async () => {
  const { handlers, context } = room()
  expect(await handlers.chooseFile({}, context)).toEqual({ file: { handle: 'h2', name: 'new.ldif' } })
  const none = room({ desk: { chooseFile: () => Promise.resolve(null) } })
  expect(await none.handlers.chooseFile({}, none.context)).toEqual({ file: null })
})
