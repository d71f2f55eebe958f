import { describe, expect, it } from 'vitest'
import { normaliseAddress, splitAddress } from '../../../../src-renderer/state/address'

describe('normaliseAddress', () => {
  it.each([
    ['/users', '/users'],
    ['users', '/users'],
    ['#/users?state=locked', '/users?state=locked'],
    ['', '/'],
    ['#', '/'],
  ])('reads %j as %j', (given, expected) => {
    expect(normaliseAddress(given)).toBe(expected)
  })
})

describe('splitAddress', () => {
  it('cuts at the first question mark', () => {
    expect(splitAddress('/users?search=a?b')).toEqual({ path: '/users', search: 'search=a?b' })
    expect(splitAddress('/users')).toEqual({ path: '/users', search: '' })
  })
})
