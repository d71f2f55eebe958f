import { describe, expect, it } from 'vitest'
import type { SessionView, Status } from '../../../../src-main/contract/app'
import { permissionsOf, type Role } from '../../../../src-main/contract/permissions'
import { homeOf, redirectOf, returnAddress } from '../../../../src-renderer/state/page-route'

function session(role: Role, mustChangePassword = false): SessionView {
  return {
    accountId: '1',
    username: 'ada',
    fullName: null,
    role,
    authProvider: 'local',
    via: 'local',
    mustChangePassword,
    locked: null,
    signedInAt: '2026-01-01T00:00:00Z',
    permissions: [...permissionsOf([role])],
  }
}

function status(part: Partial<Status>): Status {
  return {
    version: '0.1.0',
    runtime: { kind: 'official', electron: null, node: '20.18.1' },
    platform: 'linux',
    demo: false,
    profile: { name: 'default', production: false },
    method: 'local',
    settingsError: null,
    database: { error: null, path: '/tmp/x' },
    logFile: null,
    firstRun: false,
    session: null,
    ...part,
  }
}

const at = (address: string) => {
  const [path = '', search = ''] = address.split('?')
  return { path, search }
}

describe('redirectOf', () => {
  it('allows nothing but the first administrator in an empty database', () => {
    const empty = status({ firstRun: true })
    expect(redirectOf(empty, at('/users'))).toBe('/first-run')
    expect(redirectOf(empty, at('/first-run'))).toBeNull()
  })

  it('asks who it is and remembers where to', () => {
    expect(redirectOf(status({}), at('/users?state=locked'))).toBe('/sign-in?to=%2Fusers%3Fstate%3Dlocked')
    expect(redirectOf(status({}), at('/'))).toBe('/sign-in')
    expect(redirectOf(status({}), at('/sign-in?to=%2Fldap'))).toBeNull()
  })

  it('goes on where the person wanted to after the sign-in', () => {
    const signedIn = status({ session: session('admin') })
    expect(redirectOf(signedIn, at('/sign-in?to=%2Fldap'))).toBe('/ldap')
    expect(redirectOf(signedIn, at('/sign-in'))).toBe('/overview')
    expect(redirectOf(signedIn, at('/ldap'))).toBeNull()
  })

  it('never follows an address outside the console', () => {
    const signedIn = status({ session: session('admin') })
    expect(redirectOf(signedIn, at('/sign-in?to=%2F%2Fevil.example'))).toBe('/overview')
    expect(returnAddress('to=https://evil.example')).toBeNull()
  })

  it('holds a person at the password that must be changed', () => {
    const must = status({ session: session('admin', true) })
    expect(redirectOf(must, at('/users'))).toBe('/change-password?to=%2Fusers')
    expect(redirectOf(must, at('/sign-in?to=%2Fldap'))).toBe('/change-password?to=%2Fldap')
    expect(redirectOf(must, at('/change-password'))).toBeNull()
  })

  it('lets everyone read the help', () => {
    expect(redirectOf(status({ firstRun: true }), at('/help/README'))).toBeNull()
    expect(redirectOf(status({}), at('/help'))).toBeNull()
  })
})

describe('homeOf', () => {
  it('is the first page of the role', () => {
    expect(homeOf(session('helpdesk'))).toBe('/overview')
    expect(homeOf(session('user'))).toBe('/account')
  })
})
