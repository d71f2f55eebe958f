import { randomUUID } from 'node:crypto'
import { AppError } from '../../contract/errors'
import { runStage, type LadderContext, type StageRun } from './ladder'
import type { NetworkConnection } from './network-connection'

/** What a server answers that takes no name without a password: any of these refuses the sign-in itself. */
const refusals: readonly number[] = [1, 19, 32, 34, 48, 49, 50, 53]

/**
 * Whether a name without a password is taken for a sign-in (RFC 4513 section 5.1.2 has servers refuse it). The name is
 * made up on the spot, so that nobody's account is touched, and no password exists that could be sent.
 */
export function emptyPasswordStage(
  context: LadderContext,
  what: {
    readonly connection: NetworkConnection
    readonly baseDn: string
    /** Why nothing can be asked any more. */
    readonly dead: AppError | null
  },
): Promise<StageRun<null>> {
  const { texts } = context
  const dn = `cn=authdesk-test-${randomUUID()},${what.baseDn}`
  return runStage<null>(context, {
    id: 'bind',
    asked: texts('ldap.asked.bindEmpty', { dn }),
    work: async (signal) => {
      if (what.dead) throw what.dead
      const accepted = await what.connection.bind({ dn, password: '', as: 'service' }, signal).then(
        () => true,
        (error: unknown) => {
          if (error instanceof AppError && refusals.includes(Number(error.details['resultCode'])))
            return false
          throw error
        },
      )
      if (accepted) throw new AppError('LDAP_EMPTY_PASSWORD_ACCEPTED', { details: { dn } })
      return { value: null, summary: texts('ldap.passed.bindEmpty'), detail: [] }
    },
  })
}
