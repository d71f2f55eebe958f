import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { teamSchema } from '../../../src-main/contract/teams'
import { adaPassword, rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

let desk: Console
let ada: string
beforeEach(async () => {
  desk = await startPeopledConsole()
  ada = (await desk.account('ada')).id
  await desk.signIn('root', rootPassword)
})
afterEach(() => desk.close())

const answer = z.object({ team: teamSchema })
const call = async (verb: string, input: object) =>
  answer.parse(await desk.value(`teams.${verb}`, input)).team
const list = async (search = '') => {
  const found = z.object({ teams: z.array(teamSchema), total: z.number() })
  return found.parse(await desk.value('teams.list', { search }))
}

describe('a team that is made here', () => {
  it('is made, renamed, filled, emptied and deleted, each with its record', async () => {
    const { id, ...made } = await call('create', { name: ' Nights ' })
    expect(made).toEqual({
      ...{ name: 'Nights', description: null, isPublic: false, members: 0 },
      ...{ provider: null, externalId: null, issuer: null },
    })
    expect((await call('rename', { id, name: 'Night shift' })).name).toBe('Night shift')
    expect((await call('add', { id, account: ada })).members).toBe(1)
    expect(await desk.value('teams.members', { id })).toMatchObject({
      members: [{ id: ada, username: 'ada', authProvider: 'local', state: 'enabled' }],
      total: 1,
    })
    expect((await call('remove', { id, account: ada })).members).toBe(0)
    await call('delete', { id })
    expect(await list()).toEqual({ teams: [], total: 0 })
    const records = (await desk.audit()).filter(({ action }) => action.startsWith('teams.'))
    expect(records.map(({ action, target, code }) => [action, target, code])).toEqual([
      ['teams.create', 'Nights', 'OK'],
      ['teams.rename', 'Night shift', 'OK'],
      ['teams.add', 'ada', 'OK'],
      ['teams.remove', 'ada', 'OK'],
      ['teams.delete', 'Night shift', 'OK'],
    ])
  })

  it('has a name of its own, upper and lower case alike', async () => {
    await call('create', { name: 'Nights' })
    const { id } = await call('create', { name: 'Days' })
    expect(await desk.code('teams.create', { name: 'NIGHTS' })).toBe('CONFLICT')
    expect(await desk.code('teams.rename', { id, name: 'nights' })).toBe('CONFLICT')
    expect((await call('rename', { id, name: 'DAYS' })).name).toBe('DAYS')
  })

  it('says what is so already, and whom it does not know', async () => {
    const { id } = await call('create', { name: 'Nights' })
    await call('add', { id, account: ada })
    expect(await desk.code('teams.add', { id, account: ada })).toBe('CONFLICT')
    await call('remove', { id, account: ada })
    expect(await desk.code('teams.remove', { id, account: ada })).toBe('CONFLICT')
    expect(await desk.code('teams.add', { id, account: 'nobody' })).toBe('NOT_FOUND')
    expect(await desk.code('teams.rename', { id: 'none', name: 'x' })).toBe('NOT_FOUND')
    expect(await desk.code('teams.create', { name: '  ' })).toBe('INVALID_INPUT')
  })

  it('is found by its id and its name, and by a part of the name in the list', async () => {
    const { id } = await call('create', { name: '100 % sure_thing' })
    await call('create', { name: '100 x surely' })
    expect((await call('find', { team: '100 % sure_thing' })).id).toBe(id)
    expect((await call('find', { team: id })).id).toBe(id)
    expect(await desk.code('teams.find', { team: 'none' })).toBe('NOT_FOUND')
    expect((await list('0 % s')).teams.map(({ name }) => name)).toEqual(['100 % sure_thing'])
    expect((await list('SURE')).total).toBe(2)
  })

  it('is no helpdesk’s to change', async () => {
    const { id } = await call('create', { name: 'Nights' })
    await desk.addPerson('help', { role: 'helpdesk' })
    await desk.signOut()
    await desk.signIn('help', adaPassword)
    expect(await desk.code('teams.list')).toBe('OK')
    for (const verb of ['create', 'rename', 'delete', 'add', 'remove']) {
      expect(await desk.code(`teams.${verb}`, { id, name: 'x', account: ada })).toBe('FORBIDDEN')
    }
  })
})
