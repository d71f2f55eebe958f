import { expect, it } from 'vitest'
import type { Stage } from '../../../src-main/contract/stages'
import { failsInConfig, stagesText } from '../../../src-main/hosts/cli/ladder-text'
import { createStyle } from '../../../src-main/hosts/cli/output'

const passed: Stage = {
  id: 'dns',
  status: 'passed',
  code: null,
  ms: 3,
  summary: 'Found',
  detail: [],
  next: null,
}
const failed: Stage = {
  ...passed,
  id: 'bind',
  status: 'failed',
  code: 'LDAP_BIND_CREDENTIALS',
  summary: 'Refused\u001b[2J',
  detail: [{ label: 'Result', value: '49' }],
  next: 'Check the password.',
}
const skipped: Stage = { ...passed, id: 'base', status: 'skipped', summary: 'Not asked', because: 'bind' }

it('is a line a stage, with words as well as signs, and evidence where it is needed', () => {
  expect(stagesText([passed, failed, skipped], createStyle('off')).split('\n')).toEqual([
    '✓ passed   dns       3 ms  Found',
    '✗ failed   bind      3 ms  Refused\ufffd[2J [LDAP_BIND_CREDENTIALS]',
    '             Result: 49',
    '             → Check the password.',
    '- skipped  base            Not asked',
  ])
})

it('knows when the settings are to blame', () => {
  expect(failsInConfig([passed, failed])).toBe(false)
  expect(failsInConfig([{ ...failed, id: 'config' }, skipped])).toBe(true)
})
