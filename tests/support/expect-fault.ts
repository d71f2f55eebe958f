import { expect } from 'vitest'
import type { LdapCode } from '../../src-main/contract/errors'
import type { Ladder } from '../../src-main/contract/ldap'
import { ldapStages, type LdapStageId } from '../../src-main/contract/stages'

/**
 * One fault a row. Its code stands at its stage and nowhere before; what depends on that stage is skipped because of
 * it; and no fault ends in a code that explains nothing.
 */
export interface Expected {
  readonly stage: LdapStageId
  readonly code: LdapCode
  readonly status?: 'failed' | 'warning'
}

const order = Object.keys(ldapStages) as LdapStageId[]

/** Everything that cannot run where one stage did not pass; the decision then speaks for itself. */
function dependants(stage: LdapStageId): ReadonlySet<string> {
  const found = new Set<LdapStageId>([stage])
  for (const id of order) {
    if (ldapStages[id].some((need: LdapStageId) => found.has(need))) found.add(id)
  }
  found.delete(stage)
  return found
}

export function expectFault({ stages }: Ladder, { stage, code, status = 'failed' }: Expected): void {
  const at = stages.findIndex(({ id }) => id === stage)
  expect(stages[at], stage).toMatchObject({ status, code })
  for (const before of stages.slice(0, at)) expect(before.status, before.id).toMatch(/^(?:passed|warning)$/)
  const stuck = status === 'warning' ? new Set<string>() : dependants(stage)
  for (const after of stages.slice(at + 1)) {
    if (after.id === 'decision') {
      if (after.status === 'failed') expect(after.code).toBe(code)
    } else if (stuck.has(after.id)) {
      expect(after, after.id).toMatchObject({ status: 'skipped', code: null })
      const reason = stages.find(({ id }) => id === after.because)
      // Another stage may have met the same fault, as on a connection that is gone.
      const sameFault = reason?.status === 'failed' && reason.code === code
      expect(sameFault || reason?.status === 'skipped', `${after.id} because`).toBe(true)
    } else if (after.status === 'failed') {
      // A connection that is gone is gone for what comes next, too.
      expect(after.code, after.id).toBe(code)
    }
  }
  const said = stages.flatMap((each) => (each.code === null ? [] : [each.code]))
  if (code !== 'LDAP_PROTOCOL') expect(said).not.toContain('LDAP_PROTOCOL')
  expect(said).not.toContain('INTERNAL')
  const faulty = stages[at]
  expect(faulty?.next ?? '').not.toBe('')
  expect(faulty?.detail.length).toBeGreaterThan(0)
}
