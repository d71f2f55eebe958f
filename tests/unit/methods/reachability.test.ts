import { describe, expect, it } from 'vitest'
import type { Stage } from '../../../src-main/contract/stages'
import { createReachability } from '../../../src-main/core/methods/reachability'

const at = '2025-03-01T09:00:00.000Z'
const stage = (id: string, code: Stage['code']): Stage => ({
  id,
  code,
  status: code === null ? 'passed' : 'failed',
  ms: 1,
  summary: '',
  detail: [],
  next: null,
})

function after(...stages: Stage[]) {
  const reachability = createReachability({ now: () => new Date(at) })
  reachability.saw('ldap', stages)
  return reachability.of('ldap')
}

describe('what a test says about the directory', () => {
  it('is its first fault', () => {
    expect(after(stage('dns', null), stage('tcp', 'LDAP_CONNECT_REFUSED'))).toEqual({
      ok: false,
      at,
      code: 'LDAP_CONNECT_REFUSED',
    })
  })

  it.each(['user', 'membership', 'userbind', 'mapping', 'decision'])(
    'is not what %s finds about one person',
    (id) => {
      expect(after(stage('bind', null), stage(id, 'LDAP_USER_AMBIGUOUS'))).toEqual({
        ok: true,
        at,
        code: null,
      })
    },
  )

  it('is nothing before the first test', () => {
    expect(createReachability({ now: () => new Date(at) }).of('ldap')).toBeNull()
  })
})
