import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabases, type Application, type Databases } from '../../support/application-databases'
import { fixtureOf } from '../../support/application-tables'
import { adaPassword, rootPassword, startPeopledConsole, type Console } from '../sign-in/console'
import { pythonVerifies } from './accounts'

let desk: Console
let databases: Databases
let application: Application
beforeAll(async () => {
  databases = createDatabases()
  application = await databases.make(fixtureOf('timetracker', 'new').sql('sqlite'), 'sqlite')
  desk = await startPeopledConsole()
  await desk.addPerson('help', { role: 'helpdesk' })
})
afterAll(async () => {
  await desk.close()
  await databases.remove()
})

interface Detail {
  readonly id: string
  readonly revision: string
}
const found = async (name: string) => (await desk.value('application.find', { name })) as Detail

describe('the application’s accounts in the console', () => {
  it('need a database that the profile names', async () => {
    await desk.signIn('root', rootPassword)
    expect(await desk.code('application.status')).toBe('CONFIG_MISSING')
    desk.configure(`AUTHDESK_APP_DB=${application.url}\n`)
    expect(await desk.value('application.status')).toMatchObject({ kind: 'timetracker', accounts: 11 })
    await desk.signOut()
  })

  it('are reset by the helpdesk, recorded before and after, and the passphrase stands nowhere', async () => {
    await desk.signIn('help', adaPassword)
    const { id, revision } = await found('ada')
    const reset = (await desk.value('application.resetPassword', {
      ...{ id, revision, reason: 'asked by telephone' },
    })) as { passphrase: string }
    const stored = (await application.dump())['users']?.['2']?.['password_hash'] ?? ''
    expect(pythonVerifies(stored.replace(/^'|'$/g, ''), reset.passphrase)).toBe(true)
    const records = (await desk.audit()).filter(({ action }) => action === 'application.resetPassword')
    expect(records.map(({ phase, actor, code, target }) => [phase, actor, code, target])).toEqual([
      ['intent', 'account:help', 'INTENT', null],
      ['done', 'account:help', 'OK', 'ada'],
      ['outcome', 'account:help', 'OK', 'ada'],
    ])
    expect(desk.homeText()).not.toContain(reset.passphrase)
    expect(desk.homeText()).not.toContain(stored.slice(30, 90))
    expect(await desk.code('application.disable', { id, revision, reason: 'left' })).toBe('FORBIDDEN')
    await desk.signOut()
  })

  it('are refused with their reason, forged requests too, and the refusal is recorded', async () => {
    await desk.signIn('root', rootPassword)
    const [alan, root] = [await found('alan'), await found('root')]
    const reason = 'a forged request'
    expect(await desk.code('application.resetPassword', { ...alan, reason })).toBe('PASSWORD_NOT_LOCAL')
    expect(await desk.code('application.disable', { ...root, reason })).toBe('LAST_ADMIN')
    const codes = (await desk.audit()).map(({ phase, target, code }) => `${phase} ${target ?? ''} ${code}`)
    expect(codes).toContain('outcome alan PASSWORD_NOT_LOCAL')
    expect(codes).toContain('outcome root LAST_ADMIN')
    await desk.signOut()
  })

  it('are not changed where the record cannot be written', async () => {
    await desk.signIn('root', rootPassword)
    const look = await desk.database()
    const run = (sql: string) => look.transaction((tx) => look.run(tx, { sql }))
    const ada = await found('ada')
    const before = await application.dump()
    await run(
      `CREATE TRIGGER no_room BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'no room'); END`,
    )
    for (const act of ['resetPassword', 'disable', 'enable']) {
      const { id, revision } = ada
      const input = { id, revision, reason: 'for the test' }
      expect(await desk.code(`application.${act}`, input), act).toBe('AUDIT_WRITE_FAILED')
      expect(await application.dump(), act).toEqual(before)
    }
    await run('DROP TRIGGER no_room')
    await desk.signOut()
  })
})
