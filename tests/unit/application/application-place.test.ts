import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeText, readPlace } from '../../../src-main/core/application/application-place'

describe('the address of an application’s database', () => {
  it.each([
    ['sqlite:/srv/app.db', { dialect: 'sqlite', file: '/srv/app.db', opened: 'read-write' }],
    ['sqlite:app.db?mode=ro', { dialect: 'sqlite', file: 'app.db', opened: 'read-only' }],
    [
      'postgres://ada@localhost/app',
      {
        dialect: 'postgres',
        host: 'localhost',
        port: 5432,
        user: 'ada',
        database: 'app',
        encryption: 'none',
      },
    ],
    [
      'postgresql://db.example.test:6432/my%20app?mode=ro&sslrootcert=/etc/ca.pem',
      {
        ...{ host: 'db.example.test', port: 6432, user: null, database: 'my app', opened: 'read-only' },
        ...{ encryption: 'verify', caFile: '/etc/ca.pem' },
      },
    ],
    ['postgres://[::1]/app', { host: '::1', encryption: 'none' }],
    ['postgres://ada@ignored/app?host=/run/postgresql', { host: '/run/postgresql', encryption: 'none' }],
    ['postgres://127.0.0.1/app?sslmode=verify-full', { encryption: 'verify' }],
  ])('%s is understood', (text, place) => {
    expect(readPlace(text)).toMatchObject(place)
  })

  it.each([
    ['', 'form'],
    ['sqlite:', 'form'],
    ['sqlite://host/app.db', 'form'],
    ['mysql://host/app', 'form'],
    ['postgres://host', 'form'],
    ['postgres:///app', 'form'],
    ['sqlite:app.db?mode=rw', 'option'],
    ['postgres://ada:hunter2@localhost/app', 'password'],
    ['postgres://localhost/app?password=hunter2', 'password'],
    ['postgres://localhost/app?sslmode=require', 'option'],
    ['postgres://localhost/app?options=-c', 'option'],
    ['postgres://db.example.test/app?sslmode=disable', 'encryption'],
    ['postgres://127.0.0.1.example.test/app?sslmode=disable', 'encryption'],
  ])('%s is refused', (text, fault) => {
    expect(readPlace(text)).toBe(fault)
  })

  it('never reaches another computer without verified TLS, whatever stands in it', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.constantFrom('localhost', '127.0.0.1', '127.9.9.9'))
    const mode = fc.constantFrom('', '?sslmode=disable', '?sslmode=verify-full')
    fc.assert(
      fc.property(host, mode, (name, query) => {
        const place = readPlace(`postgres://ada@${name}/app${query}`)
        if (typeof place === 'string' || place.dialect !== 'postgres') return
        if (!/^(?:localhost|127\.)/.test(name)) expect(place.encryption).toBe('verify')
        expect(placeText(place)).not.toContain('?')
      }),
    )
  })
})
