import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { adaPassword, codeOf, sessionIn, startPeopledConsole, type Console } from '../sign-in/console'
import { startProvider, type RunningProvider } from '../../support/oidc-provider'
import { createVisitingBrowser } from '../../support/visiting-browser'

/** Connected accounts with a real provider: `ada` signs in here with her password. */
let provider: RunningProvider
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.stop())

let desk: Console
beforeEach(async () => {
  provider.signInAs('grace')
  desk = await startPeopledConsole(
    `AUTH_METHOD=both
OIDC_PROVIDER_1_NAME=Example
OIDC_PROVIDER_1_SLUG=example
OIDC_PROVIDER_1_ISSUER=${provider.issuer}
OIDC_PROVIDER_1_CLIENT_ID=${provider.publicClientId}`,
    { browser: createVisitingBrowser() },
  )
  desk.clock.set(new Date())
  await desk.signIn('ada', adaPassword)
})
afterEach(() => desk.close())

const connect = () => desk.code('account.connect', { runId: 'r', provider: 'example' })
const own = z.object({
  hasPassword: z.boolean(),
  identities: z.array(
    z.object({
      ...{ issuer: z.string(), subject: z.string(), provider: z.string().nullable() },
      ...{ email: z.string().nullable(), linkedAt: z.string().nullable(), lastSignIn: z.string().nullable() },
    }),
  ),
})
const account = async () => own.parse(await desk.value('account.get'))
const sso = () => desk.request('session.signInOidc', { runId: 'r', provider: 'example' })

describe('connecting an identity of a real provider', () => {
  it('shows it with provider, e-mail and times, and it opens the same account from then on', async () => {
    expect(await connect()).toBe('OK')
    const [identity] = (await account()).identities
    expect(identity).toMatchObject({
      ...{ issuer: provider.issuer, subject: 'grace', provider: 'Example', email: 'grace@example.org' },
    })
    expect([identity?.linkedAt, identity?.lastSignIn]).not.toContain(null)
    await desk.signOut()
    expect(sessionIn(await sso())).toMatchObject({ username: 'ada', authProvider: 'local' })
  })

  it('twice is a conflict, and one of somebody else is refused', async () => {
    expect([await connect(), await connect()]).toEqual(['OK', 'CONFLICT'])
    await desk.addPerson('bob')
    await desk.signOut()
    await desk.signIn('bob', adaPassword)
    expect(await connect()).toBe('LINK_CONFLICT')
    expect((await account()).identities).toEqual([])
  })

  it('that the person refuses there changes nothing', async () => {
    provider.signInAs(null)
    expect(await connect()).toBe('OIDC_PROVIDER_ERROR')
    expect((await account()).identities).toEqual([])
  })

  it('can be taken back while a password is left, and opens nothing any more', async () => {
    await connect()
    expect(await desk.code('account.disconnect', { issuer: provider.issuer, subject: 'grace' })).toBe('OK')
    expect(await account()).toMatchObject({ hasPassword: true, identities: [] })
    await desk.signOut()
    expect(sessionIn(await sso()).username).toBe('grace')
  })

  it('is never taken from an account that has no other way in', async () => {
    await desk.signOut()
    sessionIn(await sso())
    const disconnect = desk.request('account.disconnect', { issuer: provider.issuer, subject: 'grace' })
    expect(codeOf(await disconnect)).toBe('LAST_SIGN_IN_WAY')
    expect((await account()).identities).toHaveLength(1)
  })
})
