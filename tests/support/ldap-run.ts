import { createLdapTest, type LdapTestRun } from '../../src-main/core/ldap/ldap-test'
import { createTexts } from '../../src-main/core/app/texts'
import type { Code } from '../../src-main/contract/errors'
import type { Ladder } from '../../src-main/contract/ldap'
import type { Stage } from '../../src-main/contract/stages'
import type { LdapSettings } from '../../src-main/core/app/ports'
import type { Resolve } from '../../src-main/core/ldap/tcp'
import { quietLogger } from './ldap-settings'

export type Climbed = Ladder & {
  /** `id: status code` of every stage, in order. */
  readonly outline: readonly string[]
  readonly stage: (id: string) => Stage
  /** The code of the first stage that failed. */
  readonly code: Code | null
}

type Options = Partial<Omit<LdapTestRun, 'settings'>> & { readonly resolve?: Resolve; readonly now?: Date }

/** Runs the ladder once and makes its result easy to look at. */
export async function climb(settings: LdapSettings, options: Options = {}): Promise<Climbed> {
  const { resolve, now, ...run } = options
  const test = createLdapTest({
    texts: createTexts(),
    logger: quietLogger,
    clock: { now: () => now ?? new Date() },
    ...(resolve ? { resolve } : {}),
  })
  const ladder = await test({
    ...{ settings, user: null, password: null, against: null },
    signal: new AbortController().signal,
    onStage: () => undefined,
    ...run,
  })
  const failed = ladder.stages.find((stage) => stage.status === 'failed')
  return {
    ...ladder,
    outline: ladder.stages.map(
      ({ id, status, code }) => `${id}: ${status}${code === null ? '' : ` ${code}`}`,
    ),
    stage: (id) => {
      const found = ladder.stages.find((stage) => stage.id === id)
      if (!found) throw new Error(`There is no stage ${id}.`)
      return found
    },
    code: failed?.code ?? null,
  }
}
