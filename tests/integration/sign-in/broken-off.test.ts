import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { agree, entry, result, startFakeDirectory, type FakeDirectory } from '../../support/ldap-fake'
import { adaPassword, codeOf, rootPassword, startPeopledConsole, type Console } from './console'

const base = 'dc=example,dc=test'
const graceDn = `uid=grace,ou=people,${base}`

let fake: FakeDirectory
let desk: Console
let bindAnswer: 'hang' | 'refuse' = 'hang'
/** Called when the person's password has arrived. */
let arrived: () => void = () => undefined

const settings = () => `AUTH_METHOD=ldap
LDAP_HOST=127.0.0.1
LDAP_PORT=${fake.port}
LDAP_BASE_DN=${base}
LDAP_BIND_DN=cn=reader,${base}
LDAP_BIND_PASSWORD=reader-secret
LDAP_USER_DN=ou=people`

beforeEach(async () => {
  fake = await startFakeDirectory({
    reply: (request) => {
      if (request.kind === 'bind' && request.name === graceDn) {
        arrived()
        return bindAnswer === 'hang' ? 'hang' : result({ id: request.id, tag: 0x61 }, 49)
      }
      if (request.kind !== 'search' || request.name === '') return agree(request)
      const attributes = { uid: ['grace'], mail: ['grace@example.test'], objectClass: ['inetOrgPerson'] }
      const dn = request.name.startsWith('ou=people') ? graceDn : request.name
      return Buffer.concat([entry(request.id, dn, attributes), result({ id: request.id, tag: 0x65 }, 0)])
    },
  })
  desk = await startPeopledConsole(settings())
})
afterEach(async () => {
  arrived = () => undefined
  await desk.close()
  await fake.stop()
})

/** Breaks a call off as soon as the directory has the person's password. */
async function brokenOff(path: string, input: object): Promise<string> {
  const giveUp = new AbortController()
  arrived = () => giveUp.abort()
  const call = { path, input, emit: () => undefined, signal: giveUp.signal }
  return codeOf(await desk.app.dispatch({ ...call, caller: { kind: 'window' } }))
}

const failures = async () => {
  const sql = 'SELECT key FROM sign_in_attempts WHERE code IS NOT NULL ORDER BY id'
  return (await (await desk.database()).select(z.object({ key: z.string() }), { sql })).map(({ key }) => key)
}

test('a sign-in that is broken off once the directory has the password was a try', async () => {
  bindAnswer = 'hang'
  const input = { runId: 'r', username: 'grace', password: adaPassword, way: 'form' }
  expect(await brokenOff('session.signIn', input)).toBe('CANCELLED')
  expect(await failures()).toEqual(['name:grace'])
})

test('tests with a person’s password in a row, at once or broken off are five tries and no more', async () => {
  desk.configure('AUTH_METHOD=local')
  expect(codeOf(await desk.signIn('root', rootPassword))).toBe('OK')
  desk.configure(settings())
  const input = { runId: 'r', user: 'grace', password: 'guess-guess-guess' }
  bindAnswer = 'hang'
  expect(await brokenOff('ldap.test', input)).toBe('CANCELLED')
  arrived = () => undefined
  bindAnswer = 'refuse'
  const names = ['grace', 'GRACE', 'DESK\\grace', 'grace@desk.test', 'grace', 'grace']
  const codes = await Promise.all(names.map((user) => desk.code('ldap.test', { ...input, user })))
  expect(codes).toEqual(['OK', 'OK', 'OK', 'OK', 'RATE_LIMITED', 'RATE_LIMITED'])
  expect(await failures()).toHaveLength(5)
})
