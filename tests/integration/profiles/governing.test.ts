import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { impactSchema } from '../../../src-main/contract/profiles'
import { add, desk, directory, give, list, mode, profiles, start } from './profiles-console'

describe('governing', () => {
  const local = 'AUTH_METHOD=both\nOIDC_ISSUER=https://id.corp.example\nOIDC_CLIENT_ID=desk\n'

  it('shows its impact without changing anything', async () => {
    await start(null)
    await add('shop', give('app.env', directory))
    expect(impactSchema.parse(await desk.value('profiles.impact', { name: 'shop' }))).toMatchObject({
      governing: 'default',
      methods: ['local', 'ldap'],
      ways: [
        { provider: 'local', accounts: 2, on: [true, false] },
        { provider: 'oidc', accounts: 0, on: [false, false] },
        { provider: 'ldap', accounts: 0, on: [false, true] },
      ],
      wayIn: [2, 0],
      openSessions: 1,
      obstacles: [],
    })
    expect((await list()).find(({ governs }) => governs)?.name).toBe('default')
  })

  it('is audited, ends every session, and holds with the next call, without a restart', async () => {
    await start(null)
    const other = desk.another()
    await other.signIn('ada', 'granite-ferry-umbrella-seven')
    await add('shop', give('app.env', local))
    expect(await desk.value('profiles.govern', { name: 'shop' })).toMatchObject({
      profile: { name: 'shop', governs: true },
      sessionsEnded: 2,
    })
    expect(await desk.value('app.status')).toMatchObject({
      session: null,
      method: 'both',
      profile: { name: 'shop' },
    })
    expect(await other.value('app.status')).toMatchObject({ method: 'both', profile: { name: 'shop' } })
    expect(await other.code('users.list')).toBe('FORBIDDEN')
    const [record] = (await desk.audit()).filter(({ action }) => action === 'profiles.govern')
    expect(record).toMatchObject({ code: 'OK', target: 'shop', actor: 'account:root' })
    expect(JSON.parse(record?.after ?? '{}')).toEqual({ profile: 'shop', method: 'both', sessionsEnded: 2 })
    expect(readFileSync(join(profiles(), 'governs'), 'utf8')).toBe('shop\n')
    expect(mode(join(profiles(), 'governs'))).toBe(0o600)
  })

  it('is refused for a profile that is not valid, is not there, or governs already', async () => {
    await start(null)
    await add('broken', give('app.env', 'AUTH_METHOD=magic'))
    expect(await desk.code('profiles.govern', { name: 'broken' })).toBe('CONFIG_INVALID')
    expect(await desk.code('profiles.govern', { name: 'nobody' })).toBe('NOT_FOUND')
    expect(await desk.code('profiles.govern', { name: 'default' })).toBe('CONFLICT')
    expect(await desk.code('users.list')).toBe('OK')
  })

  it('is refused where --env-file has taken the governing profile’s place', async () => {
    await start('AUTH_METHOD=local')
    await add('shop', give('app.env', local))
    expect(await desk.value('profiles.impact', { name: 'shop' })).toMatchObject({
      obstacles: [{ code: 'CONFIG_CONTRADICTION' }],
    })
    expect(await desk.code('profiles.govern', { name: 'shop' })).toBe('CONFIG_INVALID')
    expect(existsSync(join(profiles(), 'governs'))).toBe(false)
  })

  it('is refused where nobody could administer it any more', async () => {
    await start(null)
    await add('shop', give('app.env', local))
    const look = await desk.database()
    const sql = "UPDATE users SET password_expires_at = '2020-01-01T00:00:00.000Z' WHERE username = 'root'"
    await look.transaction((tx) => look.run(tx, { sql, bind: {} }))
    expect(await desk.code('profiles.govern', { name: 'shop' })).toBe('LAST_ADMIN')
    expect(await desk.code('users.list')).toBe('OK')
    expect(existsSync(join(profiles(), 'governs'))).toBe(false)
  })
})
