import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import { actorName } from '../../../src-main/core/app/call-audit'
import type { CallContext } from '../../../src-main/core/app/ports'
import { codeOf, createDoor, nobody, osUser, signedIn } from './door'

const tx = { handle: 'the change' }
const target = { id: 'u1', reason: 'forgot it' }
const admin = signedIn(['admin'])
const user = {
  ...{ id: 'u1', username: 'grace', email: null, fullName: null, role: 'user' },
  ...{ authProvider: 'local', state: 'enabled', lastSignIn: null },
}
const done = { user, sessionsEnded: 2 }
const report = { ok: true, providers: [] }

describe('a command that writes its record with its change', () => {
  it('succeeds with exactly the record of its handler', async () => {
    const door = createDoor({
      actor: admin,
      handlers: {
        'users.endSessions': async (_input: unknown, { audit }: CallContext) => {
          await audit.record(tx, { target: 'grace', accountId: 'u1', after: { sessionsEnded: 2 } })
          return done
        },
      },
    })
    expect(await door.request('users.endSessions', target)).toEqual({ ok: true, value: done })
    expect(door.records).toEqual([
      {
        ...{ actor: 'account:ada', action: 'users.endSessions', target: 'grace', accountId: 'u1' },
        ...{ reason: null, before: null, after: { sessionsEnded: 2 } },
        ...{ phase: 'done', code: 'OK', intent: null },
      },
    ])
  })

  it('fails where its handler left no record', async () => {
    const door = createDoor({ actor: admin, handlers: { 'users.endSessions': () => done } })
    expect(codeOf(await door.request('users.endSessions', target))).toBe('INTERNAL')
    expect(door.records).toMatchObject([{ phase: 'done', code: 'INTERNAL' }])
    expect(door.logged.some(({ level }) => level === 'error')).toBe(true)
  })

  it('fails with AUDIT_WRITE_FAILED where the record cannot be written', async () => {
    const changed: string[] = []
    const door = createDoor({
      actor: admin,
      append: () => {
        throw new AppError('AUDIT_WRITE_FAILED', { cause: new Error('disk') })
      },
      handlers: {
        'users.endSessions': async (_input: unknown, { audit }: CallContext) => {
          await audit.record(tx, { target: 'grace' })
          changed.push('committed')
          return done
        },
      },
    })
    expect(codeOf(await door.request('users.endSessions', target))).toBe('AUDIT_WRITE_FAILED')
    expect(changed).toEqual([])
    expect(door.logged.map(({ message }) => message)).toContain('a refusal could not be audited')
  })

  it('leaves its refusal, with the target and the exact code that its handler noted', async () => {
    const door = createDoor({
      handlers: {
        'session.signIn': (_input: unknown, { audit }: CallContext) => {
          audit.note({ target: 'grace', accountId: 'u1', code: 'ACCOUNT_DISABLED' })
          throw new AppError('SIGN_IN_REFUSED')
        },
      },
    })
    const input = { runId: 'r', username: 'grace', password: 'x', way: 'form' }
    expect(codeOf(await door.request('session.signIn', input))).toBe('SIGN_IN_REFUSED')
    expect(door.records).toMatchObject([
      {
        actor: 'nobody',
        action: 'session.signIn',
        target: 'grace',
        accountId: 'u1',
        code: 'ACCOUNT_DISABLED',
      },
    ])
  })

  it.each([
    ['FORBIDDEN', signedIn(['user']), target],
    ['PASSWORD_MUST_CHANGE', signedIn(['admin'], true), target],
    ['INVALID_INPUT', admin, { id: 'u1', reason: '' }],
  ] as const)('leaves a record of %s before its handler too', async (code, actor, input) => {
    const door = createDoor({ actor })
    expect(codeOf(await door.request('users.resetPassword', input))).toBe(code)
    expect(door.records).toMatchObject([{ phase: 'done', action: 'users.resetPassword', code, target: null }])
  })
})

describe('a command whose change no transaction can hold', () => {
  const test = { runId: 'r1' }

  it('has its intent before and its outcome after', async () => {
    const seen: string[] = []
    const door = createDoor({
      actor: osUser,
      append: (record) => seen.push(record.phase),
      handlers: {
        'oidc.test': () => {
          seen.push('work')
          return report
        },
      },
    })
    expect(codeOf(await door.request('oidc.test', test))).toBe('OK')
    expect(seen).toEqual(['intent', 'work', 'outcome'])
    expect(door.records).toMatchObject([
      { actor: 'os:root', action: 'oidc.test', phase: 'intent', code: 'INTENT', intent: null },
      { actor: 'os:root', action: 'oidc.test', phase: 'outcome', code: 'OK', intent: '1' },
    ])
  })

  it('says in its outcome what its handler noted, though the call went well', async () => {
    const door = createDoor({
      actor: admin,
      handlers: {
        'oidc.test': (_input: unknown, { audit }: CallContext) => {
          audit.note({ target: 'ldap.example.org', code: 'LDAP_BIND_CREDENTIALS' })
          return { ...report, ok: false }
        },
      },
    })
    await door.request('oidc.test', test)
    expect(door.records[1]).toMatchObject({ target: 'ldap.example.org', code: 'LDAP_BIND_CREDENTIALS' })
  })

  it('ends with its refusal, once', async () => {
    const door = createDoor({
      actor: admin,
      handlers: {
        'oidc.test': () => {
          throw new AppError('CANCELLED')
        },
      },
    })
    await door.request('oidc.test', test)
    expect(door.records.map(({ phase, code, intent }) => [phase, code, intent])).toEqual([
      ['intent', 'INTENT', null],
      ['outcome', 'CANCELLED', '1'],
    ])
  })

  it('does not happen where its intent cannot be written', async () => {
    const ran: string[] = []
    const door = createDoor({
      actor: admin,
      append: () => {
        throw new AppError('AUDIT_WRITE_FAILED')
      },
      handlers: { 'oidc.test': () => ran.push('ran') },
    })
    expect(codeOf(await door.request('oidc.test', test))).toBe('AUDIT_WRITE_FAILED')
    expect(ran).toEqual([])
  })

  it('lets the harmless part of a gated command start, and fails it where its intent cannot be written', async () => {
    const ran: string[] = []
    const door = createDoor({
      actor: admin,
      append: () => {
        throw new AppError('AUDIT_WRITE_FAILED')
      },
      handlers: {
        'ldap.test': async (_input: unknown, { audit }: CallContext) => {
          ran.push('looked')
          await audit.begun()
          ran.push('sent a password')
        },
      },
    })
    expect(codeOf(await door.request('ldap.test', test))).toBe('AUDIT_WRITE_FAILED')
    expect(ran).toEqual(['looked'])
  })

  it('has no intent where it was refused before', async () => {
    const door = createDoor({ actor: nobody })
    expect(codeOf(await door.request('oidc.test', test))).toBe('FORBIDDEN')
    expect(door.records).toMatchObject([{ phase: 'done', code: 'FORBIDDEN', intent: null }])
  })
})

describe('what is no command', () => {
  it('leaves no record, refused or not', async () => {
    const door = createDoor({ handlers: { 'app.helpPages': () => ({ pages: [] }) } })
    expect(codeOf(await door.request('app.helpPages'))).toBe('OK')
    expect(codeOf(await door.request('users.list'))).toBe('FORBIDDEN')
    expect(codeOf(await door.request('app.copy', { text: 'x' }))).toBe('FORBIDDEN')
    expect(door.records).toEqual([])
  })
})

describe('actors', () => {
  it('are written down by kind and name', () => {
    expect([nobody, osUser, admin].map(actorName)).toEqual(['nobody', 'os:root', 'account:ada'])
  })
})
