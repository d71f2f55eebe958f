import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { exportedSchema } from '../../../src-main/contract/profiles'
import { rootPassword } from '../sign-in/console'
import {
  add,
  check,
  desk,
  directory,
  fileOf,
  give,
  handle,
  list,
  mode,
  profiles,
  start,
} from './profiles-console'

describe('adding a profile', () => {
  it('moves its secrets into the store, and leaves no trace of them in the home', async () => {
    await start()
    const adoption = await add('shop', give('app.env', directory))
    expect(adoption).toMatchObject({
      profile: { name: 'shop', kind: 'timetracker', governs: false, method: 'ldap' },
      secrets: ['LDAP_BIND_PASSWORD'],
      secretsKept: 'memory',
      leftOut: [{ name: 'SECRET_KEY' }],
    })
    expect(mode(fileOf('shop'))).toBe(0o600)
    expect(desk.homeText()).not.toMatch(/hunter2|signing-key/)
    const view = (await check('shop')).settings.find(({ name }) => name === 'LDAP_BIND_PASSWORD')
    expect(view).toMatchObject({ set: true, value: null })
  })

  it('changes nothing of how people get in', async () => {
    await start('AUTH_METHOD=local')
    await add('shop', give('app.env', directory))
    expect((await check('shop')).method).toBe('ldap')
    expect((await check(null)).method).toBe('local')
    await desk.signOut()
    expect((await desk.signIn('root', rootPassword)).ok).toBe(true)
  })

  it('takes Vikunja’s config.yml', async () => {
    await start()
    const yaml = readFileSync(join(import.meta.dirname, '../../fixtures/applications/vikunja.yml'), 'utf8')
    const adoption = await add('tasks', give('config.yml', yaml))
    expect(adoption.profile).toMatchObject({ kind: 'vikunja', method: 'all' })
    expect(adoption.secrets).toEqual([
      'LDAP_BIND_PASSWORD',
      'OIDC_PROVIDER_1_CLIENT_SECRET',
      'OIDC_PROVIDER_2_CLIENT_SECRET',
    ])
    expect((await list()).map(({ name, kind }) => [name, kind])).toEqual([
      ['default', 'authdesk'],
      ['tasks', 'vikunja'],
    ])
  })

  it('tells what was found in the file although nothing of it is in the profile', async () => {
    await start()
    const filter = '(|(uid=%[1]s)(mail=%[1]s))'
    const yaml = `auth: {ldap: {host: h.example, basedn: dc=x, userfilter: '${filter}'}}`
    const { findings } = await add('tasks', give('config.yml', yaml))
    expect(findings[0]).toMatchObject({
      code: 'CONFIG_NO_EFFECT',
      severity: 'warning',
      setting: 'LDAP_USER_LOGIN_ATTR',
    })
  })

  it.each([
    ['a broken YAML file', 'config.yml', 'auth: [', 'CONFIG_INVALID'],
    [
      'a filter that cannot be kept',
      'config.yml',
      "auth: {ldap: {host: h, userfilter: '(mail=x)'}}",
      'CONFIG_INVALID',
    ],
    ['a file without settings', 'notes.txt', 'Dear diary', 'CONFIG_INVALID'],
    ['a file that only holds unknown names', 'x.env', 'A=1', 'CONFIG_INVALID'],
  ])('refuses %s and writes nothing', async (_what, ...[name, text, code]) => {
    await start()
    expect(await desk.code('profiles.add', { name: 'shop', file: give(name, text) })).toBe(code)
    expect(readdirSync(profiles())).toEqual([])
  })

  it('refuses a name that is taken or none, and a file that was not chosen', async () => {
    await start()
    await add('shop', null)
    expect(await desk.code('profiles.add', { name: 'shop', file: null })).toBe('CONFLICT')
    expect(await desk.code('profiles.add', { name: 'default', file: null })).toBe('CONFLICT')
    expect(await desk.code('profiles.add', { name: '../x', file: null })).toBe('INVALID_INPUT')
    expect(await desk.code('profiles.add', { name: 'other', file: '/etc/passwd' })).toBe('NOT_FOUND')
  })

  const isSet = async () =>
    (await check('shop')).settings.find(({ name }) => name === 'LDAP_BIND_PASSWORD')?.set

  it('leaves no secret in the store once it is removed', async () => {
    await start()
    await add('shop', give('app.env', directory))
    await desk.value('profiles.remove', { name: 'shop' })
    writeFileSync(fileOf('shop'), 'LDAP_HOST=evil.example\n', { mode: 0o600 })
    expect(await isSet()).toBe(false)
  })

  it('gives a new profile none of the secrets of an earlier one whose file was deleted by hand', async () => {
    await start()
    await add('shop', give('app.env', directory))
    rmSync(fileOf('shop'))
    await add(
      'shop',
      give('b.env', directory.replace('LDAP_BIND_PASSWORD=hunter2\n', '').replace('ldap.corp', 'evil.corp')),
    )
    expect(await isSet()).toBe(false)
  })
})

describe('copying, renaming and removing', () => {
  it('a copy has the text and the secrets; the other stays', async () => {
    await start()
    await add('shop', give('app.env', directory))
    await desk.value('profiles.copy', { from: 'shop', to: 'staging' })
    expect(readFileSync(fileOf('staging'), 'utf8')).toBe(readFileSync(fileOf('shop'), 'utf8'))
    expect(mode(fileOf('staging'))).toBe(0o600)
    const diff = await desk.value('profiles.diff', { names: ['shop', 'staging'] })
    expect(diff).toMatchObject({
      settings: expect.arrayContaining([
        {
          name: 'LDAP_BIND_PASSWORD',
          secret: true,
          differs: false,
          sides: [
            { value: null, set: true },
            { value: null, set: true },
          ],
        },
      ]) as unknown,
    })
  })

  it('a secret that stands in a file is not copied into another', async () => {
    await start()
    writeFileSync(fileOf('shop'), directory, { mode: 0o600 })
    await desk.value('profiles.copy', { from: 'shop', to: 'staging' })
    expect(readFileSync(fileOf('staging'), 'utf8')).not.toContain('hunter2')
    const diff = z.object({ settings: z.array(z.object({ name: z.string(), differs: z.boolean() })) })
    const { settings } = diff.parse(await desk.value('profiles.diff', { names: ['shop', 'staging'] }))
    expect(settings.filter(({ differs }) => differs).map(({ name }) => name)).toEqual([
      'AUTHDESK_APPLICATION',
    ])
  })

  it('a copy of the governing profile is of the file that the console was started with', async () => {
    await start(
      'AUTH_METHOD=local\nLDAP_HOST=ldap.corp.example\nLDAP_BIND_PASSWORD=hunter2\nOIDC_CA_BUNDLE=ca.pem',
    )
    await desk.value('profiles.copy', { from: 'default', to: 'copy' })
    const text = readFileSync(fileOf('copy'), 'utf8')
    expect(text).toContain('LDAP_HOST=ldap.corp.example')
    expect(text).toContain(`OIDC_CA_BUNDLE=${join(desk.folder, 'ca.pem')}`)
    expect(text).not.toContain('hunter2')
    expect((await check('copy')).settings.find(({ name }) => name === 'LDAP_BIND_PASSWORD')?.set).toBe(true)
    desk.configure('AUTH_METHOD=local\nOIDC_CA_BUNDLE=ca.pem')
    await desk.value('profiles.copy', { from: 'default', to: 'plain' })
    expect(readFileSync(fileOf('plain'), 'utf8')).toContain(`OIDC_CA_BUNDLE=${join(desk.folder, 'ca.pem')}`)
  })

  it('a renamed profile keeps its secrets, and governs on', async () => {
    await start()
    await add('shop', give('app.env', directory))
    await desk.value('profiles.rename', { from: 'shop', to: 'store' })
    expect(existsSync(fileOf('shop'))).toBe(false)
    expect((await check('store')).settings.find(({ name }) => name === 'LDAP_BIND_PASSWORD')?.set).toBe(true)
    await desk.value('profiles.rename', { from: 'default', to: 'main' })
    expect((await list()).map(({ name, governs }) => [name, governs])).toEqual([
      ['main', true],
      ['store', false],
    ])
    expect(await desk.code('profiles.rename', { from: 'shop', to: 'x' })).toBe('NOT_FOUND')
    expect(await desk.code('profiles.rename', { from: 'store', to: 'main' })).toBe('CONFLICT')
  })

  it('the governing profile cannot be removed', async () => {
    await start()
    expect(await desk.code('profiles.remove', { name: 'default' })).toBe('CONFLICT')
    expect(await desk.code('profiles.remove', { name: 'nobody' })).toBe('NOT_FOUND')
  })
})

describe('comparing', () => {
  it('never shows a secret, but whether they are the same', async () => {
    await start()
    await add('a', give('a.env', directory))
    await add('b', give('b.env', directory.replace('hunter2', 'other').replace('LDAP_USE_SSL=true\n', '')))
    const answer = await desk.value('profiles.diff', { names: ['a', 'b'] })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(answer).toMatchObject({
      settings: expect.arrayContaining([
        {
          name: 'LDAP_USE_SSL',
          secret: false,
          differs: true,
          sides: [
            { value: 'true', set: true },
            { value: null, set: false },
          ],
        },
        {
          name: 'LDAP_BIND_PASSWORD',
          secret: true,
          differs: true,
          sides: [
            { value: null, set: true },
            { value: null, set: true },
          ],
        },
        {
          name: 'LDAP_HOST',
          secret: false,
          differs: false,
          sides: [
            { value: 'ldap.corp.example', set: true },
            { value: 'ldap.corp.example', set: true },
          ],
        },
      ]) as unknown,
    })
  })
})

describe('exporting', () => {
  it('writes a private file; secrets only when they are revealed, which is audited', async () => {
    await start()
    await add('shop', give('app.env', directory))
    const path = join(desk.folder, 'out.env')
    const input = { name: 'shop', format: 'env', file: handle(path) }
    const exported = exportedSchema.parse(await desk.value('profiles.export', input))
    expect(exported).toMatchObject({ application: 'timetracker', secrets: 'placeholders', leftOut: [] })
    expect(readFileSync(path, 'utf8')).not.toContain('hunter2')
    expect(mode(path)).toBe(0o600)
    await desk.value('profiles.exportRevealed', input)
    expect(readFileSync(path, 'utf8')).toContain('LDAP_BIND_PASSWORD=hunter2')
    const audit = (await desk.audit()).filter(
      ({ action, phase }) => action.startsWith('profiles.export') && phase === 'outcome',
    )
    expect(
      audit.map(({ action, target, after }) => [action, target, after?.match(/"secrets":"(\w+)"/)?.[1]]),
    ).toEqual([
      ['profiles.export', 'shop', 'placeholders'],
      ['profiles.exportRevealed', 'shop', 'revealed'],
    ])
    expect(JSON.stringify(audit)).not.toContain('hunter2')
  })

  it('an auditor exports without secrets only', async () => {
    await start()
    await add('shop', give('app.env', directory))
    await desk.addPerson('carl', { role: 'auditor' })
    await desk.signOut()
    await desk.signIn('carl', 'granite-ferry-umbrella-seven')
    const input = { name: 'shop', format: 'env', file: handle(join(desk.folder, 'out.env')) }
    expect(await desk.code('profiles.export', input)).toBe('OK')
    expect(await desk.code('profiles.exportRevealed', input)).toBe('FORBIDDEN')
    expect(await desk.code('profiles.govern', { name: 'shop' })).toBe('FORBIDDEN')
  })

  it('Vikunja’s format is only for Vikunja', async () => {
    await start()
    await add('shop', give('app.env', directory))
    const input = {
      name: 'shop',
      format: 'vikunja',
      application: 'pulse',
      file: handle(join(desk.folder, 'o.yml')),
    }
    expect(await desk.code('profiles.export', input)).toBe('INVALID_INPUT')
    expect(existsSync(join(desk.folder, 'o.yml'))).toBe(false)
  })
})

describe('examining', () => {
  it('a profile that is not there is refused by name', async () => {
    await start()
    for (const path of ['settings.check', 'ldap.summary', 'oidc.providers'])
      expect(await desk.code(path, { profile: 'nobody' })).toBe('NOT_FOUND')
  })

  it('tests the other profile’s directory and leaves the overview of ways to sign in alone', async () => {
    await start('AUTH_METHOD=local\nLDAP_HOST=127.0.0.1')
    await add(
      'shop',
      give(
        'app.env',
        directory.replace('ldap.corp.example', '127.0.0.1:1').replace('LDAP_USE_SSL=true', 'LDAP_TIMEOUT=2'),
      ),
    )
    const ladder = await desk.value('ldap.test', { runId: 'r', profile: 'shop' })
    expect(ladder).toMatchObject({ ok: false, target: { host: '127.0.0.1', port: 1 } })
    const { methods } = (await desk.value('methods.status')) as {
      methods: { provider: string; reachable: unknown }[]
    }
    expect(methods.find(({ provider }) => provider === 'ldap')?.reachable).toBeNull()
    const record = (await desk.audit()).findLast(({ action }) => action === 'ldap.test')
    expect(record?.after).toContain('"profile":"shop"')
  })

  it('a changed profile counts with the next call', async () => {
    await start()
    await add('shop', give('app.env', directory))
    expect((await check('shop')).method).toBe('ldap')
    writeFileSync(fileOf('shop'), 'AUTH_METHOD=local\n', { mode: 0o600 })
    expect((await check('shop')).method).toBe('local')
  })
})
