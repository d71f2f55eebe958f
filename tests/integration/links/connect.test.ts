import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startProvider, type RunningProvider } from '../../support/oidc-provider'
import { createPersonBrowser, type PersonBrowser } from '../../support/person-browser'
import {
  adaPassword,
  codeOf,
  rootPassword,
  sessionIn,
  startPeopledConsole,
  type Console,
  type Desk,
} from '../sign-in/console'

/** "Connect" of My account with a real provider and a browser that comes back to the real loopback listener. */
let provider: RunningProvider
let browser: PersonBrowser
let desk: Console
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.stop())
beforeEach(async () => {
  provider.signInAs('grace')
  browser = createPersonBrowser()
  desk = await startPeopledConsole(settings(), { browser })
  desk.clock.set(new Date())
})
afterEach(() => desk.close())

const settings = (more = '') => `AUTH_METHOD=both
OIDC_PROVIDER_SLUG=real
OIDC_PROVIDER_NAME=Real
OIDC_ISSUER=${provider.issuer}
OIDC_CLIENT_ID=${provider.publicClientId}
${more}`

const connect = (at: Pick<Desk, 'code'> = desk) =>
  at.code('account.connect', { runId: 'r', provider: 'real' })
const signInThere = () => desk.request('session.signInOidc', { runId: 'r', provider: 'real' })
const viewSchema = z.object({
  identities: z.array(
    z.object({
      ...{ issuer: z.string(), subject: z.string(), email: z.string().nullable() },
      ...{
        provider: z.string().nullable(),
        linkedAt: z.string().nullable(),
        lastSignIn: z.string().nullable(),
      },
    }),
  ),
})
const connected = async () => viewSchema.parse(await desk.value('account.get')).identities
const owners = async () =>
  (await desk.database()).select(z.object({ username: z.string(), subject: z.string() }), {
    sql: 'SELECT u.username, i.subject FROM identities i JOIN users u ON u.id = i.account ORDER BY i.id',
  })
const disconnect = (subject: string) => desk.code('account.disconnect', { issuer: provider.issuer, subject })

describe('a provider that is connected', () => {
  it('is the one that was signed in at, and opens the account from then on', async () => {
    await desk.signIn('ada', adaPassword)
    expect(await connect()).toBe('OK')
    expect(await connected()).toMatchObject([
      { issuer: provider.issuer, subject: 'grace', email: 'grace@example.org', provider: 'Real' },
    ])
    const [identity] = await connected()
    expect([identity?.linkedAt, identity?.lastSignIn]).not.toContain(null)
    expect((await desk.audit()).at(-1)).toMatchObject({
      ...{ action: 'account.connect', actor: 'account:ada', target: 'ada', code: 'OK' },
      after: JSON.stringify({ issuer: provider.issuer, subject: 'grace', email: 'grace@example.org' }),
    })
    await desk.signOut()
    expect(sessionIn(await signInThere())).toMatchObject({ username: 'ada', authProvider: 'local' })
  })

  it('is asked for a sign-in of now, whoever its browser still knows', async () => {
    await desk.signIn('ada', adaPassword)
    await connect()
    await disconnect('grace')
    provider.signInAs('mallory')
    expect(await connect()).toBe('OK')
    expect(browser.opened.map((url) => new URL(url).searchParams.get('prompt'))).toEqual(['login', 'login'])
    expect(await owners()).toEqual([{ username: 'ada', subject: 'mallory' }])
  })

  it('is disconnected again, and opens nothing any more', async () => {
    await desk.signIn('ada', adaPassword)
    await connect()
    expect(await disconnect('ada')).toBe('NOT_FOUND')
    expect(await disconnect('grace')).toBe('OK')
    expect(await connected()).toEqual([])
    await desk.signOut()
    desk.configure(settings('OIDC_AUTO_PROVISION=false'))
    expect(codeOf(await signInThere())).toBe('OIDC_PROVISIONING_OFF')
    desk.configure(settings())
    expect(sessionIn(await signInThere()).username).toBe('grace')
  })

  it('stays where it is the only way in', async () => {
    expect(sessionIn(await signInThere())).toMatchObject({ username: 'grace', authProvider: 'oidc' })
    expect(await disconnect('grace')).toBe('LAST_SIGN_IN_WAY')
    provider.signInAs('mallory')
    expect(await connect()).toBe('OK')
    expect(await disconnect('grace')).toBe('OK')
    expect(await disconnect('mallory')).toBe('LAST_SIGN_IN_WAY')
    expect(await owners()).toEqual([{ username: 'grace', subject: 'mallory' }])
  })
})

describe('an identity that somebody has', () => {
  it('stays theirs', async () => {
    await desk.signIn('root', rootPassword)
    expect(await connect()).toBe('OK')
    expect(await connect()).toBe('CONFLICT')
    await desk.signOut()
    await desk.signIn('ada', adaPassword)
    expect(await connect()).toBe('LINK_CONFLICT')
    expect(await owners()).toEqual([{ username: 'root', subject: 'grace' }])
    expect((await desk.audit()).at(-1)).toMatchObject({
      ...{ action: 'account.connect', actor: 'account:ada', target: 'ada', code: 'LINK_CONFLICT' },
    })
  })

  it('goes to one of two who connect it at once', async () => {
    await desk.addPerson('bob')
    const other = desk.another()
    await desk.signIn('ada', adaPassword)
    await other.signIn('bob', adaPassword)
    const codes = await Promise.all([connect(), connect(other)])
    expect(codes.toSorted()).toEqual(['LINK_CONFLICT', 'OK'])
    expect(await owners()).toHaveLength(1)
  })
})

describe('the account that connects', () => {
  it('is the one that asked, whoever is signed in when the browser comes back', async () => {
    await desk.addPerson('bob')
    await desk.signIn('ada', adaPassword)
    provider.signInAs('wait')
    const connecting = connect()
    await expect.poll(() => browser.opened).toHaveLength(1)
    await browser.settled()
    await desk.signIn('bob', adaPassword)
    provider.signInAs('grace')
    await browser.open(browser.opened[0] ?? '')
    expect(await connecting).toBe('OK')
    expect(await owners()).toEqual([{ username: 'ada', subject: 'grace' }])
    expect(await connected()).toEqual([])
  })

  it('stays as it was where the person refuses, and its tries are counted', async () => {
    await desk.signIn('ada', adaPassword)
    provider.signInAs(null)
    for (let tries = 0; tries < 5; tries += 1) expect(await connect()).toBe('OIDC_PROVIDER_ERROR')
    expect(await connect()).toBe('RATE_LIMITED')
    expect(browser.opened).toHaveLength(5)
    expect(await owners()).toEqual([])
  })

  it('keeps no token of the provider', async () => {
    await desk.signIn('ada', adaPassword)
    await connect()
    const text = desk.homeText() + JSON.stringify(await desk.audit()) + desk.logged.join('\n')
    expect(text).toContain('grace@example.org')
    expect(text).not.toMatch(/eyJ[\w-]+\.eyJ|access_token|id_token/)
  })
})
