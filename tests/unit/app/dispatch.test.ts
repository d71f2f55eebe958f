import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from '../../../src-main/contract/errors'
import type { Permission } from '../../../src-main/contract/procedure'
import type { Actor, CallContext } from '../../../src-main/core/app/ports'
import { procedures } from '../contract/procedures'
import { codeOf, createDoor, nobody, osUser, signedIn } from './door'

const issuesSchema = z.object({ issues: z.array(z.object({ path: z.string(), message: z.string() })) })
const canary = 'correct-horse-canary-4711'

describe('what is not in the contract', () => {
  it.each([
    'constructor',
    '__proto__',
    'users',
    'users.',
    '.list',
    '.',
    '',
    'a.b.c',
    'users.list.constructor',
    'users.__proto__',
    'users.constructor',
    'users.toString',
    '__proto__.hasOwnProperty',
    'constructor.name',
    'Users.list',
    'users.list ',
    'nothing.here',
  ])('%j is NOT_FOUND for an administrator too', async (path) => {
    const door = createDoor({ actor: signedIn(['admin']) })
    expect(codeOf(await door.request(path))).toBe('NOT_FOUND')
    expect(door.records).toEqual([])
  })

  it('answers a path of a megabyte with a short one', async () => {
    const result = await createDoor().request('x'.repeat(1_000_000))
    expect(JSON.stringify(result).length).toBeLessThan(1000)
  })

  it('is INTERNAL where a procedure has no handler, and never reaches an inherited one', async () => {
    const door = createDoor({ actor: signedIn(['admin']), handlers: {} })
    expect(codeOf(await door.request('app.helpPages'))).toBe('INTERNAL')
  })
})

describe('permissions', () => {
  const actors: Readonly<Record<string, { actor: Actor; may: readonly Permission[] }>> = {
    nobody: { actor: nobody, may: ['public'] },
    'an account without a role': { actor: signedIn([]), may: ['public'] },
    user: { actor: signedIn(['user']), may: ['public', 'session'] },
    auditor: {
      actor: signedIn(['auditor']),
      may: ['public', 'session', 'users:read', 'diagnostics:run', 'settings:read', 'audit:read', 'sync:read'],
    },
    helpdesk: {
      actor: signedIn(['helpdesk']),
      may: ['public', 'session', 'users:read', 'users:reset', 'users:sessions', 'diagnostics:run'],
    },
    'the schedule': { actor: { kind: 'schedule', host: 'desk', roles: [] }, may: ['public', 'sync:run'] },
    admin: {
      actor: signedIn(['admin']),
      may: [
        ...['public', 'session', 'users:read', 'users:reset', 'users:sessions', 'users:manage'],
        ...['diagnostics:run', 'settings:read', 'settings:write', 'audit:read', 'sync:read', 'sync:run'],
      ] as Permission[],
    },
  }
  const rows = Object.entries(actors).flatMap(([name, { actor, may }]) =>
    procedures.map(([path, { permission }]) => ({ name, actor, path, open: may.includes(permission) })),
  )

  it.each(rows)('$name calls $path: open $open', async ({ actor, path, open }) => {
    const reached: string[] = []
    const door = createDoor({ actor, handlers: { [path]: () => reached.push(path) } })
    // No input is an object: whoever passes the permission is stopped at the input, and no handler runs.
    expect(codeOf(await door.request(path, 'not an object'))).toBe(open ? 'INVALID_INPUT' : 'FORBIDDEN')
    expect(reached).toEqual([])
  })

  it('looks at nothing that the caller claims about itself', async () => {
    const door = createDoor({ actor: signedIn(['user']) })
    const forged = { id: 'x', reason: 'because', roles: ['admin'], actor: osUser, permission: 'public' }
    const result = await door.request('users.resetPassword', forged, { caller: { kind: 'window' } })
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN', details: { permission: 'users:reset' } },
    })
  })

  it('opens the first start to anybody, and only while there is no account', async () => {
    const path = 'session.createFirstAdmin'
    expect(codeOf(await createDoor({ firstRun: true }).request(path))).toBe('INVALID_INPUT')
    for (const actor of [nobody, signedIn(['admin']), osUser]) {
      expect(codeOf(await createDoor({ firstRun: false, actor }).request(path))).toBe('FORBIDDEN')
    }
  })
})

describe('a password that must be changed', () => {
  const open = ['session.changePassword', 'session.signOut']

  it.each(procedures)(
    'stands before %s unless it is public or the change itself',
    async (path, procedure) => {
      const door = createDoor({ actor: signedIn(['admin', 'user'], true), firstRun: true })
      const passes =
        procedure.permission === 'public' || procedure.permission === 'first-run' || open.includes(path)
      expect(codeOf(await door.request(path, null))).toBe(passes ? 'INVALID_INPUT' : 'PASSWORD_MUST_CHANGE')
    },
  )

  it('does not hide that an action is forbidden anyway', async () => {
    const door = createDoor({ actor: signedIn(['user'], true) })
    expect(codeOf(await door.request('settings.check'))).toBe('FORBIDDEN')
  })
})

describe('input', () => {
  const calls: unknown[] = []
  const door = () =>
    createDoor({ actor: signedIn(['admin']), handlers: { 'users.list': (input) => calls.push(input) } })

  it('is refused with every issue and its path', async () => {
    const result = await door().request('users.list', { limit: 0, sort: { by: 'password_hash' } })
    expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
    const { issues } = issuesSchema.parse(result.ok ? null : result.error.details)
    expect(issues.map((issue) => issue.path)).toEqual(
      expect.arrayContaining(['limit', 'sort.by', 'sort.direction']),
    )
    expect(issues.every((issue) => issue.message !== '')).toBe(true)
    expect(calls).toEqual([])
  })

  it('is not repeated in the refusal', async () => {
    const result = await createDoor().request('session.signIn', {
      username: 'ada',
      password: canary,
      way: canary,
    })
    expect(codeOf(result)).toBe('INVALID_INPUT')
    expect(JSON.stringify(result)).not.toContain(canary)
  })

  it.each([null, undefined, 7, 'text', [], () => 1])('%s in its place is INVALID_INPUT', async (input) => {
    expect(codeOf(await door().request('users.list', input === undefined ? null : input))).toBe(
      'INVALID_INPUT',
    )
  })

  it('reaches the handler parsed: defaults filled, what is not asked for gone', async () => {
    const seen: unknown[] = []
    const { request } = createDoor({
      actor: signedIn(['admin']),
      handlers: {
        'users.facets': (input: unknown) => {
          seen.push(input)
          throw new AppError('CONFLICT')
        },
      },
    })
    await request('users.facets', { search: '  ada ', where: '1=1' })
    expect(seen).toEqual([{ search: 'ada', providers: [], roles: [], states: [] }])
  })
})

describe('output', () => {
  it('is what its schema lets through', async () => {
    const door = createDoor({
      handlers: {
        'app.helpPages': () => ({
          pages: [{ id: 'README', title: 'All', passwordHash: canary }],
          token: canary,
        }),
      },
    })
    expect(await door.request('app.helpPages')).toEqual({
      ok: true,
      value: { pages: [{ id: 'README', title: 'All' }] },
    })
  })

  it('that does not fit is INTERNAL and leaks nothing', async () => {
    const door = createDoor({ handlers: { 'app.helpPages': () => ({ pages: canary, secret: canary }) } })
    const result = await door.request('app.helpPages')
    expect(result).toEqual({
      ok: false,
      error: { code: 'INTERNAL', message: 'A fault in Authdesk', details: {} },
    })
    expect(door.logged).toMatchObject([
      { level: 'error', fields: { path: 'app.helpPages' }, message: 'a bug' },
    ])
    expect((door.logged[0]?.fields['error'] as Error).message).not.toContain(canary)
  })
})

describe('errors', () => {
  const failing = (error: unknown) =>
    createDoor({
      handlers: {
        'app.status': () => {
          throw error
        },
      },
    })

  it('that are bugs are logged with their cause and shown without it', async () => {
    const bug = new TypeError(`cannot read ${canary}`, { cause: new Error('underneath') })
    const door = failing(bug)
    expect(await door.request('app.status')).toEqual({
      ok: false,
      error: { code: 'INTERNAL', message: 'A fault in Authdesk', details: {} },
    })
    expect(door.logged).toHaveLength(1)
    expect(door.logged[0]).toMatchObject({ level: 'error', message: 'a bug' })
    expect(door.logged[0]?.fields['error']).toBe(bug)
  })

  it('that are thrown as anything else end the same way', async () => {
    for (const thrown of ['text', 42, null, { code: 'FORBIDDEN', message: canary }]) {
      const result = await failing(thrown).request('app.status')
      expect(result).toEqual({
        ok: false,
        error: { code: 'INTERNAL', message: 'A fault in Authdesk', details: {} },
      })
    }
  })

  it('of the closed list travel as data; the cause stays in the log', async () => {
    const cause = new Error(`${canary} in the driver`)
    const door = failing(new AppError('DB_BUSY', { details: { path: '/x' }, cause }))
    const result = await door.request('app.status')
    expect(result).toEqual({
      ok: false,
      error: { code: 'DB_BUSY', message: 'Another program holds the database', details: { path: '/x' } },
    })
    expect(door.logged[0]).toMatchObject({ level: 'error', fields: { code: 'DB_BUSY', cause } })
  })

  it('with words of their own keep them', async () => {
    const result = await failing(new AppError('CONFLICT', { message: 'Own words.' })).request('app.status')
    expect(result).toMatchObject({ error: { message: 'Own words.' } })
  })
})

describe('the context', () => {
  it('has the actor and emits to who called', async () => {
    const heard: unknown[] = []
    let seen: CallContext | null = null
    const door = createDoor({
      actor: signedIn(['user']),
      handlers: {
        'app.copy': (_input: unknown, context: CallContext) => {
          seen = context
          context.emit('app.navigate', { page: '/users' })
          return {}
        },
      },
    })
    await door.request('app.copy', { text: 'x' }, { emit: (...event) => heard.push(event) })
    expect(heard).toEqual([['app.navigate', { page: '/users' }]])
    expect((seen as CallContext | null)?.actor).toMatchObject({ kind: 'account', name: 'ada' })
  })

  it('is cancelled by the id of the run, and by the host', async () => {
    for (const how of ['run', 'host'] as const) {
      const host = new AbortController()
      const door = createDoor({
        actor: signedIn(['admin']),
        handlers: {
          'ldap.test': (_input: unknown, { signal }: CallContext) =>
            new Promise((_done, fail) => {
              signal.addEventListener('abort', () => fail(new AppError('CANCELLED')))
              if (how === 'run') expect(door.runs.cancel('run-1')).toBe(true)
              else host.abort()
            }),
        },
      })
      const result = await door.request('ldap.test', { runId: 'run-1' }, { signal: host.signal })
      expect(codeOf(result)).toBe('CANCELLED')
      expect(door.runs.cancel('run-1')).toBe(false)
    }
  })

  it('is cancelled by a call that names its run, which has none of that name itself', async () => {
    let begun: () => void = () => undefined
    const beginning = new Promise<void>((resolve) => (begun = resolve))
    const door = createDoor({
      actor: signedIn(['admin']),
      handlers: {
        'ldap.test': (_input: unknown, { signal }: CallContext) =>
          new Promise((_done, fail) => {
            signal.addEventListener('abort', () => fail(new AppError('CANCELLED')))
            begun()
          }),
        'app.cancel': ({ runId }: { runId: string }, { signal }: CallContext) => ({
          cancelled: door.runs.cancel(runId) && !signal.aborted,
        }),
      },
    })
    const test = door.request('ldap.test', { runId: 'run-1' })
    await beginning
    expect(await door.request('app.cancel', { runId: 'other' })).toMatchObject({
      value: { cancelled: false },
    })
    expect(await door.request('app.cancel', { runId: 'run-1' })).toMatchObject({ value: { cancelled: true } })
    expect(codeOf(await test)).toBe('CANCELLED')
  })
})
