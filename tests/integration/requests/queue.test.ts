import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { adaPassword, rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

const list = z.object({ open: z.number(), requests: z.array(z.looseObject({ id: z.string() })) })

describe('the queue of requests', () => {
  let desk: Console
  let ada = ''
  beforeEach(async () => {
    desk = await startPeopledConsole()
    ada = (await desk.account('ada')).id
    await desk.addPerson('hilda', { role: 'helpdesk' })
    await desk.value('session.forgotPassword', { username: 'ada' })
  })
  afterEach(() => desk.close())

  const queue = async (state = 'open') => list.parse(await desk.value('requests.list', { state }))
  const asHelpdesk = () => desk.signIn('hilda', adaPassword)

  it('is worked by the helpdesk: a reset closes what the account asked for, in one transaction', async () => {
    await asHelpdesk()
    expect((await queue()).open).toBe(1)
    await desk.value('users.resetPassword', { id: ada, reason: 'called, identity checked' })
    expect(await queue()).toEqual({ open: 0, requests: [] })
    expect((await queue('done')).requests[0]).toMatchObject({
      done: { by: 'account:hilda', outcome: 'done', reason: 'called, identity checked' },
    })
    expect((await desk.audit()).at(-1)).toMatchObject({
      action: 'users.resetPassword',
      after: '{"sessionsEnded":0,"requestsDone":1}',
    })
  })

  it('is refused with a reason, and not twice', async () => {
    await asHelpdesk()
    const [request] = (await queue()).requests
    const refuse = { id: request?.id, outcome: 'refused', reason: 'could not say who they are' }
    expect(await desk.code('requests.done', { ...refuse, reason: ' ' })).toBe('INVALID_INPUT')
    expect(await desk.value('requests.done', refuse)).toMatchObject({
      request: { done: { outcome: 'refused' } },
    })
    expect(await desk.code('requests.done', refuse)).toBe('CONFLICT')
    expect(await desk.code('requests.done', { ...refuse, id: 'nothing' })).toBe('NOT_FOUND')
    expect(
      (await desk.audit()).find(({ action, code }) => action === 'requests.done' && code === 'OK'),
    ).toMatchObject({
      ...{ actor: 'account:hilda', target: 'ada', account: ada, reason: 'could not say who they are' },
    })
  })

  it('is not for auditors and people without a role', async () => {
    await desk.addPerson('audrey', { role: 'auditor' })
    for (const name of ['ada', 'audrey']) {
      await desk.signIn(name, adaPassword)
      expect(await desk.code('requests.list')).toBe('FORBIDDEN')
    }
  })

  it('loses what a deleted account asked for', async () => {
    await desk.signIn('root', rootPassword)
    await desk.value('users.delete', { id: ada, reason: 'left the company' })
    expect(await queue()).toEqual({ open: 0, requests: [] })
  })
})
