import { expect, it } from 'vitest'
import { codes } from '../../../src-main/contract/errors'
import { exitOf } from '../../../src-main/hosts/cli/exit-codes'

it.each([
  ['INTERNAL', 3],
  ['INVALID_INPUT', 2],
  ['CONFIG_MISSING', 2],
  ['CONFIG_CONTRADICTION', 2],
  ['FORBIDDEN', 1],
  ['NOT_FOUND', 1],
  ['LDAP_UNAVAILABLE', 1],
  ['PASSWORD_NOT_LOCAL', 1],
] as const)('%s ends with %i', (code, exit) => {
  expect(exitOf(code)).toBe(exit)
})

it('no refusal ends with 0', () => {
  expect(codes.filter((code) => exitOf(code) < 1)).toEqual([])
})
